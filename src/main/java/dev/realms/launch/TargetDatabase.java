package dev.realms.launch;

import dev.realms.settings.DatabaseSettings;
import dev.realms.settings.DatabaseUrl;
import dev.realms.settings.Secret;
import dev.realms.settings.SettingException;
import java.io.IOException;
import java.util.Optional;

/** The database a command works on: the one that is set, else an embedded one that lives as long as the command. */
final class TargetDatabase implements AutoCloseable {

    private final Connector owner;
    private final Optional<EmbeddedDatabase> embedded;
    private final String log;

    private TargetDatabase(Connector owner, Optional<EmbeddedDatabase> embedded, String log) {
        this.owner = owner;
        this.embedded = embedded;
        this.log = log;
    }

    static TargetDatabase open(DatabaseSettings settings, DataDirectory data) {
        return settings.url()
                .map(url -> new TargetDatabase(external(settings, url), Optional.empty(), ""))
                .orElseGet(() -> embedded(data));
    }

    /** Connects as the schema owner. */
    Connector owner() {
        return owner;
    }

    /**
     * Does nothing while all is well, and for a database of somebody else, which comes back when its operator lets it.
     *
     * @throws CannotStart when the PostgreSQL that was started here has ended
     */
    void check() {
        if (embedded.isPresent() && !embedded.get().isRunning()) {
            throw new CannotStart("PostgreSQL ended; its log " + log + " says why.");
        }
    }

    @Override
    public void close() throws IOException {
        if (embedded.isPresent()) {
            embedded.get().close();
        }
    }

    private static Connector external(DatabaseSettings settings, DatabaseUrl url) {
        String user = settings.ownerUser()
                .orElseThrow(() -> new SettingException(DatabaseSettings.OWNER_USER
                        + " is missing: name the role that owns the schema, or give user=... in " + DatabaseUrl.NAME
                        + "."));
        return Connector.owner(url.withoutCredentials(), user, settings.ownerPassword());
    }

    private static TargetDatabase embedded(DataDirectory data) {
        try {
            EmbeddedDatabase started =
                    EmbeddedDatabase.start(data.resolve("postgresql/data"), data.resolve("postgresql/work"), 0, true);
            Secret password = new Secret(started.ownerPassword());
            return new TargetDatabase(
                    Connector.owner(started.jdbcUrl(), started.ownerUser(), Optional.of(password)),
                    Optional.of(started),
                    data.shown("postgresql/work/postgresql.log"));
        } catch (IOException e) {
            throw new CannotStart(e.getMessage() + ".", e);
        }
    }
}
