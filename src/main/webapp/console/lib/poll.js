/** Does it now and then, one at a time, for as long as it is not left; a failure is met with the next try. @returns what ends it */
export function poll(milliseconds, act) {
  let timer = null;
  let ended = false;
  const next = () => {
    timer = setTimeout(async () => {
      try {
        await act();
      } catch {
        // The next try may do better.
      }
      if (!ended) {
        next();
      }
    }, milliseconds);
  };
  next();
  return () => {
    ended = true;
    clearTimeout(timer);
  };
}
