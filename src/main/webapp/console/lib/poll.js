/** Does it now and then, one at a time, for as long as it is not left; a failure is met with the next try. @returns what ends it */
export function poll(milliseconds, act) {
  let timer = null;
  let ended = false;
  const next = () => {
    timer = setTimeout(async () => {
      await Promise.resolve(act()).catch(() => {});
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
