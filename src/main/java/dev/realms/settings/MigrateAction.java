package dev.realms.settings;

/** What {@code mvn -Pmigrate} does. The first and the third only look: no server is started, and nothing is changed. */
public enum MigrateAction {
    PREFLIGHT,
    MIGRATE,
    VERIFY,
    ROLLBACK,
    CANCEL_ROLLBACK,
    FINALIZE;

    /** As it is written in the setting. */
    public String text() {
        return SettingReader.written(this);
    }
}
