package dev.realms.security.secret;

import java.util.List;
import java.util.Optional;

/**
 * The master keys of this node, the current one first.
 *
 * @param all the current and perhaps the previous one; none on a node that seals and opens nothing
 */
record MasterKeys(List<MasterKey> all) {

    MasterKey current() {
        return all.stream().findFirst().orElseThrow(() -> new IllegalStateException("This node has no master key"));
    }

    /** Empty when it was wrapped by a master that is not known here. */
    Optional<DataKey> unwrap(StoredKey key) {
        return all.stream()
                .filter(master -> master.id().equals(key.masterId()))
                .findFirst()
                .map(master -> master.unwrap(key.id(), key.wrapped()));
    }
}
