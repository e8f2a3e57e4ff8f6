package dev.realms.settings;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Every setting, read once and checked; product names are the constants beside their types.
 *
 * @param httpPort 0 asks for a free one
 * @param sampleUsers how many pre-realm users to put into an empty database
 * @param requestsAtOnce that read, and as many that write; 0 leaves it to the number of processors
 * @param requestsPerMinute of each caller; 0 stands for no limit, here and for failed sign-ins
 * @param trustedProxies who is believed about whose requests they pass on
 * @param migrationAnswers to findings of the preflight, by their codes, as written
 * @param migrationLimits how much the migration may take, by their names, as written
 * @param migrateAction what {@code mvn -Pmigrate} was asked for; nobody else looks at it
 * @param migrateAccept differences that it accepts, by their names
 * @param metricsToken what {@code /metrics} asks for; empty where everybody may read it
 * @param accessLogging whether requests are written down, and what of their addresses
 * @param eventRetentionDays for how long at least what happened in realms is kept
 * @param deletedContentDays for how long at least a realm that was deleted with what it holds can be restored
 * @param serving whether anybody is answered; false in the server that {@code mvn -Pmigrate} starts, which seals nothing
 * @param secretKey absent where none is set; {@link #requireSecretKey()} where there must be one
 * @param tokenVerification the {@code mp.jwt.verify.*} that are set, by name, unread
 * @param trustEmails whether the provider's addresses count that its tokens do not say to be verified
 * @param oidc how the console signs in at the provider; empty where people paste tokens
 */
public record Settings(
        int httpPort,
        Path dataDirectory,
        DatabaseSettings database,
        int sampleUsers,
        boolean migrationAutostart,
        Map<String, String> migrationAnswers,
        Map<String, String> migrationLimits,
        Optional<MigrateAction> migrateAction,
        List<String> migrateAccept,
        boolean localIssuer,
        int maxBodyBytes,
        int maxImportBytes,
        int probeSeconds,
        int bodyTimeoutSeconds,
        int requestsAtOnce,
        int requestsPerMinute,
        int failedSignInsPerMinute,
        List<IpNetwork> trustedProxies,
        Optional<Secret> metricsToken,
        AccessLogging accessLogging,
        int eventRetentionDays,
        int deletedContentDays,
        boolean serving,
        Optional<SecretKey> secretKey,
        Optional<SecretKey> previousSecretKey,
        Map<String, String> tokenVerification,
        boolean trustEmails,
        Optional<OidcSettings> oidc) {

    private static final String OURS = "realms.";

    /** What {@code mvn -Pmigrate} does. The first and the third only look: no server is started, and nothing is changed. */
    public enum MigrateAction {
        PREFLIGHT,
        MIGRATE,
        VERIFY,
        ROLLBACK,
        CANCEL_ROLLBACK,
        FINALIZE
    }

    /** What the access log tells: nothing at all, or requests without addresses, with networks, or with whole addresses. */
    public enum AccessLogging {
        OFF,
        ON,
        NETWORKS,
        ADDRESSES
    }

    public static final String HTTP_PORT = "realms.http.port";
    public static final String DATA_DIRECTORY = "realms.data.dir";
    public static final String SAMPLE_USERS = "realms.sample.users";
    public static final String MIGRATION_AUTOSTART = "realms.migration.autostart";
    public static final String MIGRATION_ANSWERS = "realms.migration.answers";
    public static final String MIGRATION_LIMITS = "realms.migration.limits";
    public static final String MIGRATE_ACTION = "realms.migrate.action";
    public static final String MIGRATE_ACCEPT = "realms.migrate.accept";
    public static final String LOCAL_ISSUER = "realms.auth.local-issuer";
    public static final String TRUST_EMAILS = "realms.auth.oidc.trust-emails";
    public static final String MAX_BODY_BYTES = "realms.http.max-body-bytes";
    public static final String MAX_IMPORT_BYTES = "realms.import.max-bytes";
    public static final String PROBE_SECONDS = "realms.isolation.probe-seconds";
    public static final String BODY_TIMEOUT_SECONDS = "realms.http.body-timeout-seconds";
    public static final String REQUESTS_AT_ONCE = "realms.http.requests-at-once";
    public static final String REQUESTS_PER_MINUTE = "realms.rate-limit.requests-per-minute";
    public static final String FAILED_SIGN_INS_PER_MINUTE = "realms.rate-limit.failed-sign-ins-per-minute";
    public static final String TRUSTED_PROXIES = "realms.http.trusted-proxies";
    public static final String METRICS_TOKEN = "realms.metrics.token";
    public static final String ACCESS_LOG = "realms.access-log";
    public static final String EVENT_RETENTION_DAYS = "realms.events.retention-days";
    public static final String DELETED_CONTENT_DAYS = "realms.deleted-content.retention-days";

    /** No setting of an operator's: the commands tell the server that they start. */
    public static final String SERVING = "realms.serving";

    public static final List<String> TOKEN_VERIFICATION = List.of(
            "mp.jwt.verify.publickey",
            "mp.jwt.verify.publickey.location",
            "mp.jwt.verify.publickey.algorithm",
            "mp.jwt.verify.issuer",
            "mp.jwt.verify.audiences");

    /** Every setting that operators have, {@code mp.jwt.verify.*} included. */
    public static final Set<String> NAMES = namesRead();

    /** @throws SettingException for the first setting that is wrong */
    public static Settings read(Function<String, Optional<String>> lookup) {
        SettingReader reader = new SettingReader(lookup);
        return new Settings(
                reader.number(HTTP_PORT, 0, 65_535, 8080, "a port number"),
                reader.path(DATA_DIRECTORY, "data"),
                DatabaseSettings.read(reader),
                reader.number(SAMPLE_USERS, 0, 1_000_000, 0, "a whole number"),
                reader.flag(MIGRATION_AUTOSTART, false),
                reader.pairs(MIGRATION_ANSWERS),
                reader.pairs(MIGRATION_LIMITS),
                reader.choice(MIGRATE_ACTION, MigrateAction.class),
                reader.list(MIGRATE_ACCEPT),
                reader.flag(LOCAL_ISSUER, false),
                reader.number(MAX_BODY_BYTES, 1, 1 << 30, 1 << 20, "a number of bytes"),
                reader.number(MAX_IMPORT_BYTES, 1, Integer.MAX_VALUE, 1 << 29, "a number of bytes"),
                reader.number(PROBE_SECONDS, 1, 3600, 10, "a number of seconds"),
                reader.number(BODY_TIMEOUT_SECONDS, 1, 60, 3, "a number of seconds"),
                reader.number(REQUESTS_AT_ONCE, 0, 10_000, 0, "a whole number"),
                reader.number(REQUESTS_PER_MINUTE, 0, 10_000_000, 60_000, "a whole number"),
                reader.number(FAILED_SIGN_INS_PER_MINUTE, 0, 10_000_000, 600, "a whole number"),
                reader.networks(TRUSTED_PROXIES),
                reader.secret(METRICS_TOKEN),
                reader.choice(ACCESS_LOG, AccessLogging.class).orElse(AccessLogging.OFF),
                reader.number(EVENT_RETENTION_DAYS, 1, 36_500, 90, "a number of days"),
                reader.number(DELETED_CONTENT_DAYS, 1, 36_500, 30, "a number of days"),
                reader.flag(SERVING, true),
                reader.text(SecretKey.NAME).map(SecretKey::parse),
                reader.text(SecretKey.PREVIOUS).map(text -> SecretKey.parse(SecretKey.PREVIOUS, text)),
                tokenVerification(reader),
                reader.flag(TRUST_EMAILS, false),
                OidcSettings.read(reader));
    }

    /**
     * To be asked of what an operator wrote: a misspelled setting must not pass for one that was left out.
     *
     * @throws SettingException for the first name that looks like a setting and is none
     */
    public static void requireKnown(Set<String> names) {
        names.stream()
                .filter(name -> name.startsWith(OURS) && !NAMES.contains(name))
                .sorted()
                .findFirst()
                .ifPresent(unknown -> {
                    throw new SettingException(unknown + " is no setting; the README lists them all.");
                });
    }

    /** @throws SettingException when none is set */
    public SecretKey requireSecretKey() {
        return secretKey.orElseThrow(() -> new SettingException(
                SecretKey.NAME + " is missing: set 32 bytes in base64, such as `openssl rand -base64 32` prints."));
    }

    private static Set<String> namesRead() {
        Set<String> names = new TreeSet<>();
        read(name -> {
            names.add(name);
            return Optional.empty();
        });
        names.remove(SERVING);
        return Set.copyOf(names);
    }

    private static Map<String, String> tokenVerification(SettingReader reader) {
        Map<String, String> found = new LinkedHashMap<>();
        TOKEN_VERIFICATION.forEach(name -> reader.text(name).ifPresent(text -> found.put(name, text)));
        return Map.copyOf(found);
    }
}
