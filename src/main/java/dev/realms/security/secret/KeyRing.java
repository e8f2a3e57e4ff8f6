package dev.realms.security.secret;

import dev.realms.security.secret.DataKeyTable.StoredKey;
import dev.realms.security.secret.SecretBox.SecretException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The data keys this node knows. A key never changes, so one that was read once is never lost again; which one is active is as
 * old as the last reading. Thread-safe.
 */
final class KeyRing {

    private static final Logger LOG = Logger.getLogger(KeyRing.class.getName());

    /** A text with a key id that nobody has must not cost a query each. */
    private static final Duration BETWEEN_READINGS_ON_DEMAND = Duration.ofSeconds(1);

    private record Keys(Map<String, AeadKey> byId, AeadKey active) {}

    private final MasterKeys masters;
    private final Supplier<List<StoredKey>> source;
    private volatile Keys keys = new Keys(Map.of(), null);
    private final Set<String> complainedOf = new HashSet<>();
    private long lastReading;

    KeyRing(MasterKeys masters, Supplier<List<StoredKey>> source) {
        this.masters = masters;
        this.source = source;
        lastReading = System.nanoTime() - BETWEEN_READINGS_ON_DEMAND.toNanos();
    }

    /** What seals. @throws IllegalStateException on a node that has no master key */
    AeadKey active() {
        AeadKey active = keys.active();
        if (active == null) {
            throw new IllegalStateException("This node has no key to seal with");
        }
        return active;
    }

    /** What opens a text that names this key; reads the keys again for one that another node may have made meanwhile. */
    Optional<AeadKey> find(String id) {
        if (!keys.byId().containsKey(id)) {
            readOnDemand();
        }
        return Optional.ofNullable(keys.byId().get(id));
    }

    /** Reads the keys again; on a failure those that are known stay. */
    synchronized void read() {
        lastReading = System.nanoTime();
        Map<String, AeadKey> byId = new HashMap<>(keys.byId());
        AeadKey active = keys.active();
        for (StoredKey stored : source.get()) {
            AeadKey key = byId.computeIfAbsent(stored.id(), id -> unwrap(stored).orElse(null));
            if (stored.isActive() && key != null) {
                active = key;
            }
        }
        keys = new Keys(Map.copyOf(byId), active);
    }

    private synchronized void readOnDemand() {
        if (System.nanoTime() - lastReading >= BETWEEN_READINGS_ON_DEMAND.toNanos()) {
            read();
        }
    }

    /** Complains of a key once, not at every reading. */
    private Optional<AeadKey> unwrap(StoredKey stored) {
        Optional<AeadKey> key = Optional.empty();
        try {
            key = masters.unwrap(stored);
        } catch (SecretException changed) {
            // Empty, like one that another master has wrapped.
        }
        if (key.isEmpty() && complainedOf.add(stored.id())) {
            LOG.log(Level.WARNING, "Key {0} can''t be opened by the master keys of this node", stored.id());
        }
        return key;
    }
}
