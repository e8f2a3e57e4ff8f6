package dev.realms.security.secret;

import dev.realms.ops.ExclusiveRun;
import dev.realms.ops.ExclusiveRun.RunView;
import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The keys of the installation, by their ids, and how their rotation stands.
 *
 * @param activeKeyId what is sealed now is sealed by it
 * @param keys newest first; retired ones go on opening what they sealed
 * @param rotation ends as {@code rotated}; its counts are of credentials sealed again
 */
public record SecretKeyView(
        @Nullable String activeKeyId, @Nullable Instant activeSince, List<Key> keys, RunView rotation) {

    /** @param sealed how many credentials of servers it has sealed; null times for a key that the installation does not have */
    public record Key(
            String id,
            @Nullable Instant createdAt,
            @Nullable Instant activatedAt,
            @Nullable Instant retiredAt,
            long sealed) {

        boolean isActive() {
            return activatedAt != null && retiredAt == null;
        }
    }

    static final String ROTATED = "rotated";

    static SecretKeyView of(List<Key> keys, Optional<ExclusiveRun> last) {
        Optional<Key> active = keys.stream().filter(Key::isActive).findFirst();
        return new SecretKeyView(
                active.map(Key::id).orElse(null),
                active.map(Key::activatedAt).orElse(null),
                keys,
                last.map(run -> run.view(Set.of(ROTATED))).orElse(RunView.NEVER));
    }
}
