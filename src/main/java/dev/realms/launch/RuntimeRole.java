package dev.realms.launch;

import dev.realms.launch.Command.CannotStart;
import dev.realms.migration.schema.Pooling;
import dev.realms.settings.DatabaseSettings;
import dev.realms.settings.DatabaseUrl;
import dev.realms.settings.PrivateFile;
import dev.realms.settings.Secret;
import dev.realms.sql.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.util.PasswordUtil;

/**
 * The role the service works as ({@code realms.db.app.user}), which owns nothing, so that row-level security binds it.
 *
 * <p>A missing one is created when the owner may; one that exists is never changed. The password of a created one is
 * {@code realms.db.app.password}, else a random one that is kept in the data directory.
 */
final class RuntimeRole {

    private static final String SCRIPT = "server-config/postgresql/roles.sql";

    private final DatabaseSettings settings;
    private final Path passwordFile;

    RuntimeRole(DatabaseSettings settings, Path passwordFile) {
        this.settings = settings;
        this.passwordFile = passwordFile;
    }

    /**
     * Makes sure that the role exists and may log in.
     *
     * @return its password
     * @throws CannotStart when it is missing and can't be created, or row-level security would not bind it
     */
    Optional<Secret> prepare(Connection owner, Connector ownerConnector) {
        try {
            Optional<Boolean> bypasses = Sql.first(
                    owner,
                    row -> row.getBoolean(1),
                    "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = ?",
                    settings.appUser());
            if (bypasses.orElse(false)) {
                throw new CannotStart("%s must be a role that row-level security binds, but '%s' bypasses it."
                        .formatted(DatabaseSettings.APP_USER, settings.appUser()));
            }
            if (bypasses.isEmpty()) {
                create(owner, ownerConnector.user());
            }
            Optional<Secret> password = settings.appPassword()
                    .or(() -> Optional.of(passwordFile).filter(Files::exists).map(file -> randomPassword()));
            String url = settings.appUrl().map(DatabaseUrl::withoutCredentials).orElse(ownerConnector.url());
            Connector app = new Connector(url, settings.appUser(), password, DatabaseSettings.APP_PASSWORD);
            Pooling.faultOfRuntimeRole(app::open).ifPresent(fault -> {
                throw new CannotStart(fault);
            });
            return password;
        } catch (SQLException e) {
            throw new CannotStart(
                    "%s: the role '%s' can't be prepared (%s)."
                            .formatted(DatabaseSettings.APP_USER, settings.appUser(), Connector.message(e)),
                    e);
        }
    }

    private void create(Connection owner, String ownerUser) throws SQLException {
        if (!Sql.exists(owner, "pg_roles WHERE rolname = current_user AND (rolsuper OR rolcreaterole)")) {
            throw new CannotStart(
                    "%s: the role '%s' does not exist and '%s' may not create it; run %s as an administrator."
                            .formatted(DatabaseSettings.APP_USER, settings.appUser(), ownerUser, SCRIPT));
        }
        Secret password = settings.appPassword().orElseGet(this::randomPassword);
        // Hashed here, so that a server that logs its statements never logs the password.
        String verifier = PasswordUtil.encodeScramSha256(password.reveal().toCharArray());
        PGConnection postgres = owner.unwrap(PGConnection.class);
        String role = postgres.escapeIdentifier(settings.appUser());
        Sql.execute(owner, "CREATE ROLE %s LOGIN NOINHERIT PASSWORD '%s'".formatted(role, verifier));
        // For where the public may not connect. Only the database's owner can say so.
        if (Sql.exists(owner, "pg_database WHERE datname = current_database() AND pg_has_role(datdba, 'USAGE')")) {
            String database = postgres.escapeIdentifier(owner.getCatalog());
            Sql.execute(owner, "GRANT CONNECT ON DATABASE " + database + " TO " + role);
        }
    }

    /** The password that was made at random, or a new one. */
    private Secret randomPassword() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        try {
            return new Secret(
                    PrivateFile.readOrCreate(passwordFile, () -> HexFormat.of().formatHex(random)));
        } catch (IOException e) {
            throw new CannotStart(passwordFile + " can't be read or written.", e);
        }
    }
}
