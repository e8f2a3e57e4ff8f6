package dev.realms.web.limit;

import dev.realms.web.problem.Problem;
import dev.realms.web.problem.ProblemType;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A quota a minute for each of many, which refills steadily and may be taken at once (the generic cell rate algorithm). Of each the
 * only thing kept is when their quota will be full again, and nothing once it is. Of more than a number at a time the others go
 * uncounted: memory is bounded, whoever calls. Callers wait for nobody but for themselves.
 *
 * @param <K> who is counted
 */
public final class RateLimiter<K> {

    /** What is left for somebody after they took, or asked for, one.
     *
     * @param granted whether they got it
     * @param fullInSeconds until the whole quota is there again
     * @param nextInSeconds until there is one to take
     */
    public record Left(boolean granted, long remaining, long fullInSeconds, long nextInSeconds) {

        /** 429, with the time after which it is worth another try. */
        Response refusal(ContainerRequestContext request, String detail) {
            String instance = request.getUriInfo().getRequestUri().getRawPath();
            return Response.fromResponse(Problem.answer(ProblemType.TOO_MANY_REQUESTS, detail, List.of(), instance))
                    .header(HttpHeaders.RETRY_AFTER, Math.max(1, nextInSeconds))
                    .build();
        }
    }

    private record Count(long fullAt, boolean granted) {}

    private static final long WINDOW = Duration.ofMinutes(1).toNanos();
    private static final long SWEEP = Duration.ofSeconds(10).toNanos();
    private static final double SECOND = Duration.ofSeconds(1).toNanos();

    private final long interval;
    private final long whole;
    private final int most;
    private final LongSupplier clock;
    private final ConcurrentMap<K, Count> counts = new ConcurrentHashMap<>();
    private final AtomicLong nextSweep;

    /**
     * @param quota a minute, for each; at least 1
     * @param most how many are counted at a time
     * @param clock in nanoseconds from anywhere
     */
    public RateLimiter(int quota, int most, LongSupplier clock) {
        this.interval = WINDOW / quota;
        this.whole = interval * quota;
        this.most = most;
        this.clock = clock;
        this.nextSweep = new AtomicLong(clock.getAsLong() + SWEEP);
    }

    /** Takes one, if there is one. */
    public Left take(K who) {
        long now = clock.getAsLong();
        forgetFull(now);
        boolean counted = counts.size() < most || counts.containsKey(who);
        return left(counted ? counts.compute(who, (same, before) -> next(before, now)) : next(null, now), now);
    }

    boolean isExhausted(K who) {
        Count before = counts.get(who);
        return before != null && !next(before, clock.getAsLong()).granted();
    }

    private Count next(Count before, long now) {
        long fullAt = before == null || before.fullAt() - now < 0 ? now : before.fullAt();
        boolean granted = fullAt + interval - now <= whole;
        return new Count(granted ? fullAt + interval : fullAt, granted);
    }

    private Left left(Count count, long now) {
        long taken = count.fullAt() - now;
        return new Left(count.granted(), (whole - taken) / interval, (long) Math.ceil(taken / SECOND), (long)
                Math.ceil(Math.max(0, taken + interval - whole) / SECOND));
    }

    private void forgetFull(long now) {
        long due = nextSweep.get();
        if (now - due >= 0 && nextSweep.compareAndSet(due, now + SWEEP)) {
            counts.values().removeIf(count -> count.fullAt() - now <= 0);
        }
    }

    int size() {
        return counts.size();
    }
}
