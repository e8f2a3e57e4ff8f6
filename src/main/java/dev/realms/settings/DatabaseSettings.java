package dev.realms.settings;

import java.util.Optional;

/**
 * How to reach PostgreSQL.
 *
 * @param url empty: the command's embedded database
 * @param ownerUser the schema owner, for Flyway and the migration
 * @param appUrl the runtime role's way in, a pooler for instance; empty: the same
 * @param appUser the runtime role, which owns nothing
 */
public record DatabaseSettings(
        Optional<DatabaseUrl> url,
        Optional<String> ownerUser,
        Optional<Secret> ownerPassword,
        Optional<DatabaseUrl> appUrl,
        String appUser,
        Optional<Secret> appPassword) {

    public static final String OWNER_USER = "realms.db.owner.user";
    public static final String OWNER_PASSWORD = "realms.db.owner.password";
    public static final String APP_USER = "realms.db.app.user";
    public static final String APP_PASSWORD = "realms.db.app.password";

    static DatabaseSettings read(SettingReader reader) {
        Optional<DatabaseUrl> url = reader.text(DatabaseUrl.NAME).map(DatabaseUrl::parse);
        Optional<String> owner = reader.text(OWNER_USER).or(() -> url.flatMap(DatabaseUrl::user));
        Optional<Secret> password = reader.secret(OWNER_PASSWORD).or(() -> url.flatMap(DatabaseUrl::password));
        String app = reader.role(APP_USER, "realms_app");
        if (owner.filter(app::equals).isPresent()) {
            throw new SettingException("%s must differ from %s, but both are '%s': row-level security binds no owner."
                    .formatted(APP_USER, OWNER_USER, app));
        }
        Optional<DatabaseUrl> appUrl =
                reader.text(DatabaseUrl.APP_NAME).map(text -> DatabaseUrl.parse(DatabaseUrl.APP_NAME, text));
        return new DatabaseSettings(url, owner, password, appUrl, app, reader.secret(APP_PASSWORD));
    }
}
