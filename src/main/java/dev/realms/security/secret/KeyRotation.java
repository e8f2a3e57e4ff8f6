package dev.realms.security.secret;

import dev.realms.ops.ExclusiveJob;
import dev.realms.ops.OwnerDatabase;
import dev.realms.ops.PendingStarts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Puts a new data key in the place of the active one, and seals all credentials by it, while requests go on. What is left to do is
 * read from the data: a run after one that ended early goes on with the same key.
 */
@ApplicationScoped
class KeyRotation extends ExclusiveJob {

    /** After this long every node that is alive knows what was written before. */
    static final Duration UNTIL_ALL_KNOW =
            KeyRingStart.BETWEEN_READINGS.multipliedBy(2).plusSeconds(1);

    private static final Logger LOG = Logger.getLogger(KeyRotation.class.getName());
    private static final String JOB = "rotate-secret-key";
    private static final int NAMED_ROWS = 20;

    private OwnerDatabase database;
    private InstallationKeys keys;

    KeyRotation() {}

    @Inject
    KeyRotation(OwnerDatabase database, PendingStarts pending, InstallationKeys keys) {
        super(database, pending, JOB, 0x5265616c6d733034L);
        this.database = database;
        this.keys = keys;
    }

    SecretKeyView view() {
        return database.ask(connection -> SecretKeyView.of(DataKeyTable.use(connection), lastRun(connection)));
    }

    @Override
    protected Outcome work(ActiveRun run) throws SQLException {
        Connection connection = run.connection();
        Optional<String> unfinished = DataKeyTable.unfinished(connection);
        String keyId = unfinished.isPresent() ? unfinished.get() : DataKeyTable.announce(connection, keys.masters());
        LOG.log(Level.INFO, "Rotating to key {0}{1}", new Object[] {keyId, unfinished.isPresent() ? " again" : ""});
        awaitAllKnow(run, "announcing the key", 0);
        DataKeyTable.activate(connection, keyId);
        keys.ring().read();

        long total = DataKeyTable.sealedByOthers(connection, keyId);
        StoredCredentials.Result first = reseal(run, keyId, 0, total);
        long resealed = first.changed();
        StoredCredentials.Result sweep = first;
        do {
            // What a node that did not know yet has sealed by the older key meanwhile.
            awaitAllKnow(run, "sweeping", resealed);
            sweep = reseal(run, keyId, resealed, Math.max(total, resealed));
            resealed += sweep.changed();
        } while (sweep.changed() + sweep.overtaken() > 0);

        DataKeyTable.swept(connection, keyId);
        LOG.log(Level.INFO, "Rotated to key {0}: {1} credentials sealed again, {2} can''t be opened", new Object[] {
            keyId, resealed, sweep.unreadable().size()
        });
        return end(keyId, resealed, sweep);
    }

    private StoredCredentials.Result reseal(ActiveRun run, String keyId, long before, long total) throws SQLException {
        StoredCredentials.Result result = StoredCredentials.reseal(
                run.connection(),
                keys.box(),
                keyId,
                done -> run.advance("sealing by the new key", before + done, total));
        LOG.log(Level.INFO, "Sealed {0} credentials by key {1}", new Object[] {result.changed(), keyId});
        return result;
    }

    private static void awaitAllKnow(ActiveRun run, String step, long done) {
        long end = System.nanoTime() + UNTIL_ALL_KNOW.toNanos();
        while (System.nanoTime() < end) {
            run.advance(step, done, done);
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", interrupted);
        }
    }

    private static Outcome end(String keyId, long resealed, StoredCredentials.Result sweep) {
        JsonArrayBuilder named = Json.createArrayBuilder();
        sweep.unreadable().stream().limit(NAMED_ROWS).forEach(named::add);
        return new Outcome(
                SecretKeyView.ROTATED,
                Json.createObjectBuilder()
                        .add("keyId", keyId)
                        .add("resealed", resealed)
                        .add("unreadable", sweep.unreadable().size())
                        .add("unreadableServers", named)
                        .build());
    }
}
