package dev.realms.ops.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The answer to a question of strangers, who may ask as often as they like: it is asked once a second at most, on a thread of the server, for
 * all of them. Nobody waits for a question for longer than two seconds. One that hangs keeps its thread, as one does on a connection to a machine that is gone;
 * after ten seconds it is asked anew, unless three hang already. Thread-safe.
 */
public final class SharedAnswer<T> {

    private record Asked<T>(Future<T> answer, long at, AtomicBoolean told) {}

    private static final Logger LOG = Logger.getLogger(SharedAnswer.class.getName());
    private static final long KEPT = Duration.ofSeconds(1).toNanos();
    private static final long PATIENCE = Duration.ofSeconds(2).toNanos();
    private static final long HANGS = Duration.ofSeconds(10).toNanos();
    private static final int MOST_UNANSWERED = 3;

    private final ExecutorService executor;
    private final Callable<T> question;
    private final LongSupplier clock;
    private final List<Asked<T>> unanswered = new ArrayList<>();
    private Asked<T> last;

    public SharedAnswer(ExecutorService executor, Callable<T> question) {
        this(executor, question, System::nanoTime);
    }

    /** @param clock in nanoseconds from anywhere */
    SharedAnswer(ExecutorService executor, Callable<T> question, LongSupplier clock) {
        this.executor = executor;
        this.question = question;
        this.clock = clock;
    }

    /** Empty where there is none: the question failed, which the log tells once, or takes too long. */
    public Optional<T> get() {
        Asked<T> asked;
        try {
            asked = asked();
        } catch (RejectedExecutionException busy) {
            return Optional.empty();
        }
        try {
            long left = PATIENCE - (clock.getAsLong() - asked.at());
            return Optional.ofNullable(asked.answer().get(left, TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            if (asked.told().compareAndSet(false, true)) {
                LOG.log(Level.WARNING, "The database does not answer: {0}", e.toString());
            }
            return Optional.empty();
        }
    }

    private synchronized Asked<T> asked() {
        long now = clock.getAsLong();
        unanswered.removeIf(asked -> asked.answer().isDone());
        if (last == null
                || now - last.at() >= (last.answer().isDone() ? KEPT : HANGS) && unanswered.size() < MOST_UNANSWERED) {
            last = new Asked<>(executor.submit(question), now, new AtomicBoolean());
            unanswered.add(last);
        }
        return last;
    }
}
