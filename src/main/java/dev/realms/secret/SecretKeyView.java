package dev.realms.secret;

import dev.realms.owner.Run;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The keys of the installation, by their ids, and how their rotation stands.
 *
 * @param activeKeyId what is sealed now is sealed by it
 * @param keys newest first; retired ones go on opening what they sealed
 */
public record SecretKeyView(String activeKeyId, Instant activeSince, List<Key> keys, Rotation rotation) {

    /** @param sealed how many credentials of servers it has sealed; null times for a key that the installation does not have */
    public record Key(String id, Instant createdAt, Instant activatedAt, Instant retiredAt, long sealed) {

        boolean isActive() {
            return activatedAt != null && retiredAt == null;
        }
    }

    /**
     * @param state {@code never-run}, {@code running}, {@code rotated}, {@code ended-early}
     * @param reason why it ended early, or null
     * @param node which node runs it, or null
     * @param step what it is at, or null
     * @param total how many credentials there were to seal again
     */
    public record Rotation(
            String state,
            String reason,
            Instant startedAt,
            Instant endedAt,
            String node,
            String step,
            long done,
            long total) {

        static Rotation of(Optional<Run> last) {
            return last.map(run -> new Rotation(
                            run.state(ENDS),
                            run.reason(ENDS),
                            run.askedAt(),
                            run.endedAt(),
                            run.node(),
                            run.underWay() ? run.step() : null,
                            run.done(),
                            run.total()))
                    .orElseGet(() -> new Rotation("never-run", null, null, null, null, null, 0, 0));
        }
    }

    static final String ROTATED = "rotated";

    private static final Set<String> ENDS = Set.of(ROTATED);

    static SecretKeyView of(List<Key> keys, Optional<Run> last) {
        Optional<Key> active = keys.stream().filter(Key::isActive).findFirst();
        return new SecretKeyView(
                active.map(Key::id).orElse(null), active.map(Key::activatedAt).orElse(null), keys, Rotation.of(last));
    }
}
