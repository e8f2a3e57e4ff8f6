package dev.realms.launch;

import dev.realms.settings.DatabaseSettings;
import dev.realms.settings.DatabaseUrl;
import dev.realms.settings.IpNetwork;
import dev.realms.settings.Lookup;
import dev.realms.settings.OidcSettings;
import dev.realms.settings.Secret;
import dev.realms.settings.SecretKey;
import dev.realms.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How Payara Micro is started with the WAR: the command line, which holds no secret, and the environment, which does.
 *
 * @param port empty: with no HTTP port open
 * @param root the server's own folder; deleted before each start
 */
record ServerCommand(Project project, Path root, Optional<Integer> port) {

    List<String> line() {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("@" + project.config("jvm.options"), "-Dfile.encoding=UTF-8"));
        line.addAll(List.of("-jar", project.payara().toString()));
        line.addAll(List.of("--deploy", project.war().toString(), "--contextroot", "/"));
        line.addAll(List.of("--addLibs", project.driver().toString()));
        line.addAll(List.of("--rootdir", root.toString()));
        line.addAll(List.of(
                "--postbootcommandfile",
                project.config("payara/post-boot.asadmin").toString()));
        line.addAll(List.of(
                "--logproperties", project.config("payara/logging.properties").toString()));
        // One node needs no data grid, which would listen on a port of its own, --nocluster or not.
        line.addAll(List.of("--nohazelcast", "--disablephonehome"));
        port.ifPresent(number -> line.addAll(List.of("--port", number.toString())));
        line.addAll(List.of(
                "--prebootcommandfile",
                project.config(port.isPresent() ? "payara/pre-boot.asadmin" : "payara/no-http.asadmin")
                        .toString()));
        return line;
    }

    /** What the WAR and the datasources read; it is laid over the environment of this process. */
    static Map<String, String> environment(
            Settings settings,
            Connector owner,
            Optional<Secret> appPassword,
            boolean serving,
            Optional<SecretKey> key,
            Path data) {
        Map<String, String> named = new LinkedHashMap<>(settings.tokenVerification());
        named.put(DatabaseUrl.NAME, owner.url());
        named.put(
                DatabaseUrl.APP_NAME,
                settings.database()
                        .appUrl()
                        .map(DatabaseUrl::withoutCredentials)
                        .orElse(owner.url()));
        named.put(DatabaseSettings.OWNER_USER, owner.user());
        named.put(
                DatabaseSettings.OWNER_PASSWORD,
                owner.password().map(Secret::reveal).orElse(""));
        named.put(DatabaseSettings.APP_USER, settings.database().appUser());
        named.put(DatabaseSettings.APP_PASSWORD, appPassword.map(Secret::reveal).orElse(""));
        named.put(Settings.DATA_DIRECTORY, data.toString());
        named.put(Settings.MIGRATION_AUTOSTART, Boolean.toString(settings.migrationAutostart()));
        settings.migrateAction().ifPresent(action -> named.put(Settings.MIGRATE_ACTION, action.text()));
        named.put(Settings.MIGRATE_ACCEPT, String.join(",", settings.migrateAccept()));
        named.put(Settings.MIGRATION_ANSWERS, written(settings.migrationAnswers()));
        named.put(Settings.MIGRATION_LIMITS, written(settings.migrationLimits()));
        named.put(Settings.LOCAL_ISSUER, Boolean.toString(settings.localIssuer()));
        named.put(Settings.MAX_BODY_BYTES, Integer.toString(settings.maxBodyBytes()));
        named.put(Settings.PROBE_SECONDS, Integer.toString(settings.probeSeconds()));
        named.put(Settings.BODY_TIMEOUT_SECONDS, Integer.toString(settings.bodyTimeoutSeconds()));
        named.put(Settings.REQUESTS_AT_ONCE, Integer.toString(settings.requestsAtOnce()));
        named.put(Settings.REQUESTS_PER_MINUTE, Integer.toString(settings.requestsPerMinute()));
        named.put(Settings.FAILED_SIGN_INS_PER_MINUTE, Integer.toString(settings.failedSignInsPerMinute()));
        named.put(
                Settings.TRUSTED_PROXIES,
                settings.trustedProxies().stream().map(IpNetwork::toString).collect(Collectors.joining(",")));
        named.put(Settings.SERVING, Boolean.toString(serving));
        key.ifPresent(some -> named.put(SecretKey.NAME, some.base64()));
        settings.previousSecretKey().ifPresent(some -> named.put(SecretKey.PREVIOUS, some.base64()));
        settings.oidc().ifPresent(oidc -> {
            named.put(OidcSettings.CLIENT_ID, oidc.clientId());
            named.put(
                    OidcSettings.AUTHORIZATION_ENDPOINT,
                    oidc.authorizationEndpoint().toString());
            named.put(OidcSettings.TOKEN_ENDPOINT, oidc.tokenEndpoint().toString());
            named.put(OidcSettings.SCOPE, oidc.scope());
        });
        Map<String, String> environment = new LinkedHashMap<>();
        named.forEach((name, value) -> environment.put(Lookup.environmentName(name), value));
        return environment;
    }

    private static String written(Map<String, String> pairs) {
        return pairs.entrySet().stream()
                .map(pair -> pair.getKey() + "=" + pair.getValue())
                .collect(Collectors.joining(","));
    }
}
