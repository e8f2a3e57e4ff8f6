package dev.realms.launch;

import dev.realms.launch.Command.CannotStart;
import dev.realms.settings.DatabaseSettings;
import dev.realms.settings.DatabaseUrl;
import dev.realms.settings.Secret;
import dev.realms.settings.SettingException;
import dev.realms.sql.SqlStates;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Opens connections of one role, and says in one sentence why it can't.
 *
 * @param url with neither user nor password
 * @param setting the setting whose password it is, for that sentence
 */
record Connector(String url, String user, Optional<Secret> password, String setting) {

    static Connector owner(String url, String user, Optional<Secret> password) {
        return new Connector(url, user, password, DatabaseSettings.OWNER_PASSWORD);
    }

    static Connector owner(EmbeddedDatabase database) {
        return owner(database.jdbcUrl(), database.ownerUser(), Optional.of(new Secret(database.ownerPassword())));
    }

    /** @param settings with a URL */
    static Connector owner(DatabaseSettings settings) {
        String user = settings.ownerUser()
                .orElseThrow(() -> new SettingException(DatabaseSettings.OWNER_USER
                        + " is missing: name the role that owns the schema, or give user=... in " + DatabaseUrl.NAME
                        + "."));
        return owner(settings.url().orElseThrow().withoutCredentials(), user, settings.ownerPassword());
    }

    /** @throws CannotStart when there is no connection to be had */
    Connection open() {
        try {
            return connect();
        } catch (SQLException e) {
            throw new CannotStart(sentence(e), e);
        }
    }

    Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        password.ifPresent(secret -> properties.setProperty("password", secret.reveal()));
        properties.setProperty("ApplicationName", "realms-launch");
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("loginTimeout", "15");
        // The driver itself, not DriverManager: that one has seen Maven's class path only.
        Connection connection = new Driver().connect(url, properties);
        if (connection == null) {
            throw new CannotStart(DatabaseUrl.NAME + " is no JDBC URL that the PostgreSQL driver takes: " + url + ".");
        }
        return connection;
    }

    private String sentence(SQLException e) {
        String state = SqlStates.first(e);
        if (SqlStates.isSignInRefused(state)) {
            return "%s is not the password of '%s' at %s, or the server does not let that role in."
                    .formatted(setting, user, url);
        }
        if (state.equals(SqlStates.CONNECTION_REJECTED) && password.isEmpty()) {
            return "%s is missing: the server at %s asks '%s' for a password.".formatted(setting, url, user);
        }
        if (SqlStates.isNotConnected(state)) {
            return "%s: no PostgreSQL answers at %s.".formatted(DatabaseUrl.NAME, url);
        }
        if (state.equals(SqlStates.UNDEFINED_DATABASE)) {
            return "%s: the database of %s does not exist.".formatted(DatabaseUrl.NAME, url);
        }
        if (state.equals(SqlStates.INSUFFICIENT_PRIVILEGE)) {
            return "%s: '%s' may not connect to %s.".formatted(DatabaseUrl.NAME, user, url);
        }
        return "%s: the server at %s refuses the connection (%s).".formatted(DatabaseUrl.NAME, url, message(e));
    }

    /** The server's own words without position and context, on one line. */
    static String message(SQLException e) {
        ServerErrorMessage server = e instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        String text = server == null ? e.getMessage() : server.getMessage();
        return String.valueOf(text).lines().findFirst().orElse("no reason given");
    }
}
