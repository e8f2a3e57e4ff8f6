package dev.realms.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Api;
import dev.realms.testing.DatabaseState;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.TestDatabase;
import dev.realms.testing.TestServer;
import dev.realms.testing.TestUser;
import dev.realms.testing.Tokens;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** The console as a browser shows it, over real data, and its files as a browser gets them. */
@OnDatabase(value = DatabaseState.EXPANDED, users = 500)
class ConsoleIT {

    private static final Path FILES = Path.of("src/main/webapp");
    private static final String MIGRATION = "/api/admin/migration";
    private static final Map<String, Integer> LOOKS = Map.of("light", 1440, "dark", 360);
    private static final String SERVER = """
            {"name": "%s", "type": "QDRANT", "host": "h", "port": 1}""";

    private final URI base = TestServer.base();

    private Browser browser;
    private Api admin;

    /** What was on the screen when a test failed. */
    @RegisterExtension
    final AfterTestExecutionCallback camera = context -> {
        if (browser != null && context.getExecutionException().isPresent()) {
            browser.photograph(context.getRequiredTestMethod().getName());
        }
    };

    @BeforeEach
    void callers() {
        admin = Api.at(base).as(adminToken());
    }

    /** Whatever it was tried with, no script may have failed and nothing may have been blocked. */
    @AfterEach
    void closeBrowser() {
        if (browser != null) {
            List<String> complaints = browser.complaints();
            browser.close();
            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void signsInByThePrintedAddressOnceAfterAskingAndNeverOverSomebody() throws IOException {
        migrated();
        browse();
        String token = adminToken();
        String code = Tokens.signInCode();

        browser.open("#code=" + code);

        assertThat(browser.text("h1")).isEqualTo("Sign in as administrator?");
        assertThat(browser.address()).doesNotContain(code);
        assertThat(browser.run("return sessionStorage.length")).isEqualTo(0L);
        assertThat(findings("the question")).isEmpty();
        browser.photograph("question");

        browser.click("[data-act='decline']");
        browser.type("#token", token);
        browser.press(Keys.ENTER);
        browser.await("#who");
        assertThat(browser.text("#who")).contains("operator");
        browser.open("#code=" + code);
        assertThat(browser.text("#notice")).contains("signed in already");
        assertThat(browser.text("#who")).contains("operator");

        browser.click("#sign-out");
        browser.await("form#sign-in");
        browser.run("location.hash = 'code=' + arguments[0]", code);
        browser.click("[data-act='accept']");
        browser.until("the administrator", () -> browser.text("#who").contains("Admin"));
        assertThat(browser.text("#who")).doesNotContain("operator");
        assertThat(browser.address()).doesNotContain(code);

        browser.click("#sign-out");
        browser.open("#code=" + code);
        browser.click("[data-act='accept']");
        browser.await("form#sign-in");
        assertThat(browser.text("#sign-in-message")).isEqualTo("The code is not valid, or was used already.");
    }

    @Test
    void staysSignedInAndKeepsTheTokenToItself() throws IOException {
        migrated();
        browse();
        String token = adminToken();

        browser.signIn(token);

        assertThat(browser.text("#who")).contains("operator");
        assertThat(browser.text("h1")).isEqualTo("Migration");
        assertThat(browser.run("return localStorage.length + document.cookie.length"))
                .isEqualTo(0L);
        assertThat(browser.run("return document.documentElement.outerHTML").toString())
                .doesNotContain(token);
        browser.reload();
        assertThat(browser.text("#who")).contains("operator");
        browser.open("#token=garbage");
        assertThat(browser.text("#who")).contains("operator");
        assertThat(browser.address()).doesNotContain("token");

        browser.click("#sign-out");

        browser.await("form#sign-in");
        assertThat(browser.run("return sessionStorage.length")).isEqualTo(0L);
        browser.back();
        browser.await("form#sign-in");
        browser.open("#token=" + token);
        browser.await("form#sign-in");
        assertThat(browser.address()).doesNotContain(token);

        browser.type("#token", token);
        browser.press(Keys.ENTER);
        browser.await("#who");
    }

    /** In one test, because there is one way through the states. */
    @Test
    @Tag("any-server")
    void leadsThroughTheMigrationAndBackAndThroughItAgain() throws Exception {
        String ofUser = TestUser.signIn(base).token();
        beforeTheMigration();
        browse();
        browser.signIn(adminToken());

        startsPausesAndResumes();
        rollsBackByTheTypedWord();

        browser.signIn(ofUser);
        browser.await("[data-state='migration-in-progress']");

        browser.signIn(adminToken());
        browser.click("#acts [data-act='start']");
        awaitState("migrated");
        assertThat(TestDatabase.query("SELECT count(*) FROM documents WHERE realm_id IS NULL"))
                .isEqualTo("0");
        browser.go("#/batch");
        assertThat(browser.all("table[data-list='executions'] tr[data-id]")).hasSizeGreaterThanOrEqualTo(4);
        browser.signIn(ofUser);
        browser.await("#realm-list [data-realm]");
    }

    private void startsPausesAndResumes() throws SQLException {
        // So few rows at a time that there is time to look.
        admin.patch(MIGRATION + "/limits", "{\"floorRows\": 10, \"ceilingRows\": 10, \"activeSessions\": 0}");
        assertThat(acts()).contains("start").doesNotContain("pause", "resume", "finalize");

        browser.click("#acts [data-act='start']");

        awaitState("running");
        browser.until(
                "the first rows",
                () -> browser.text("[data-table='documents'] .count").matches("[1-9].*"));
        // Not before: between two tables it waits for whoever was there, and says nothing of it.
        try (Connection busy = TestDatabase.owner();
                Statement statement = busy.createStatement()) {
            busy.setAutoCommit(false);
            statement.execute("SELECT pg_current_xact_id()");
            await("throttled", () -> !admin.get(MIGRATION).json().isNull("throttle"));
            browser.until(
                    "the signal that it waits for",
                    () -> browser.text("[data-figure='throttle']").contains(", limit"));
            browser.click("#acts [data-act='pause']");
            awaitState("paused");
            assertThat(acts()).contains("resume", "stop", "rollback").doesNotContain("start", "pause", "finalize");
        }
        admin.patch(MIGRATION + "/limits", "{\"floorRows\": 100, \"ceilingRows\": 20000, \"activeSessions\": 50}");

        browser.click("#acts [data-act='resume']");

        awaitState("migrated");
        assertThat(browser.text("[data-table='documents'] .count")).matches("([0-9,]+) of \\1");
        assertThat(browser.all("#phases li[data-status='failed']")).isEmpty();
        browser.await("#phases li[data-phase='verify'][data-status='done']");
        assertThat(acts()).contains("finalize", "rollback").doesNotContain("start", "pause", "resume");
    }

    private void rollsBackByTheTypedWord() {
        browser.click("#acts [data-act='rollback']");
        String confirm = "dialog[data-dialog='rollback'] [data-act='confirm']";
        browser.until("what will happen", () -> !browser.text("dialog .preview").isBlank());
        browser.type("dialog [name='confirm']", "rollbac");
        assertThat(browser.find(confirm).isEnabled()).isFalse();
        browser.type("dialog [name='confirm']", "rollback");

        browser.click(confirm);

        awaitState("rolled-back");
        assertThat(acts()).containsExactly("start");
    }

    @Test
    @Tag("any-server")
    void showsOtherRowsInAnotherRealm() throws Exception {
        migrated();
        TestUser user = TestUser.signIn(base);
        String laboratory = user.makeRealm("Laboratory");
        user.make("servers", SERVER.formatted("north"));
        user.api().post("/api/realms/" + laboratory + "/servers", SERVER.formatted("south"));
        browse();
        browser.signIn(user.token());
        browser.go("#/realms/" + user.realmId() + "/servers");
        assertThat(browser.text("table[data-list='servers']")).contains("north").doesNotContain("south");

        browser.choose("#realm-switch", laboratory);

        browser.await("main[data-busy='false'][data-route='realms/%s/servers']".formatted(laboratory));
        assertThat(browser.text("h1")).isEqualTo("Laboratory");
        assertThat(browser.text("table[data-list='servers']")).contains("south").doesNotContain("north");
        assertThat(user.api().get("/api/realms/current").json().getString("id")).isEqualTo(laboratory);
    }

    /** By keys alone, on a phone; whoever is given the address sees the same. */
    @Test
    @Tag("any-server")
    void findsByName() throws Exception {
        migrated();
        TestUser user = TestUser.signIn(base);
        for (String name : List.of("Zulu report.pdf", "Großes Bild.png", "alpha REPORT.pdf")) {
            user.make("documents", "{\"name\": \"%s\", \"type\": \"t\"}".formatted(name));
        }
        browse();
        browser.signIn(user.token());
        browser.go("#/realms/" + user.realmId() + "/documents");
        browser.looks("light", 390);
        browser.until("all of them", () -> shown("documents").size() == 3);

        browser.type("[data-filter='name']", "Report");

        browser.until(
                "those that fit", () -> shown("documents").equals(List.of("alpha REPORT.pdf", "Zulu report.pdf")));
        browser.choose("[data-filter='sort']", "name");
        browser.until("the address", () -> browser.address().endsWith("/documents?name=Report&sort=name"));
        browser.photograph("search-narrow");
        browser.looks("dark", 1440);
        browser.photograph("search-wide");
        browser.reload();
        browser.awaitPage();
        browser.until("the same", () -> shown("documents").equals(List.of("alpha REPORT.pdf", "Zulu report.pdf")));
        browser.type("[data-filter='name']", "GROSSES");
        browser.until("the other one", () -> shown("documents").equals(List.of("Großes Bild.png")));
        browser.type("[data-filter='name']", "%");
        browser.await("[data-state='empty']");

        browser.go("#/realms");
        browser.type("#realm-name", "DEF");
        browser.press(Keys.ENTER);
        browser.until("the address", () -> browser.address().endsWith("#/realms?name=DEF"));
        browser.await("#realm-list [data-realm]");
        browser.photograph("search-realms");
    }

    /** Wide and on a phone. */
    @Test
    @Tag("any-server")
    void movesRowsToAnotherRealm() throws Exception {
        migrated();
        TestUser user = TestUser.signIn(base);
        user.makeRealm("Lab");
        String server =
                user.make("servers", "{\"name\": \"vectors\", \"type\": \"QDRANT\", \"host\": \"h\", \"port\": 1}");
        user.make("databases", "{\"name\": \"papers\", \"serverId\": \"%s\"}".formatted(server));
        browse();
        browser.signIn(user.token());
        browser.go("#/realms/" + user.realmId() + "/servers");
        browser.until("the server", () -> shown("servers").equals(List.of("vectors")));

        browser.click("[data-act='move']");
        browser.await("dialog select");
        browser.photograph("move-wide");
        browser.looks("light", 390);
        browser.photograph("move-narrow");
        browser.click("dialog [data-act='save']");

        browser.until("it is gone", () -> shown("servers").isEmpty());
        browser.until("what went", () -> browser.text("#notice").contains("Moved to Lab: 1 server, 1 database."));

        movesSeveral(user);
    }

    /** Those that are chosen, of more than a page. */
    private void movesSeveral(TestUser user) {
        for (int i = 0; i < 60; i++) {
            user.make("documents", "{\"name\": \"d%02d\", \"type\": \"t\"}".formatted(i));
        }
        browser.looks("light", 1440);
        browser.go("#/realms/" + user.realmId() + "/documents");
        browser.until("a page", () -> shown("documents").size() == 50);
        browser.click("[data-act='choose-all']");
        browser.click("[data-act='more']");
        browser.until("the next page", () -> shown("documents").size() == 60);
        assertThat(browser.text(".choice-bar")).contains("50 chosen");
        browser.click("tr:first-child [data-act='choose']");
        assertThat(browser.text(".choice-bar")).contains("49 chosen");
        browser.photograph("choose-wide");
        browser.looks("light", 390);
        assertThat(browser.find("[data-act='choose']").getSize().getWidth()).isGreaterThan(20);
        assertThat(browser.overflowing()).isEmpty();
        browser.photograph("choose-narrow");
        browser.click("[data-act='move-chosen']");
        browser.await("dialog select");
        assertThat(browser.text("dialog h2")).isEqualTo("Move 49 documents");
        assertThat(browser.barriers()).isEmpty();
        browser.click("dialog [data-act='save']");

        browser.until("what went", () -> browser.text("#notice").contains("Moved to Lab: 49 documents."));
        browser.until("what stays", () -> shown("documents").size() == 11);
        assertThat(browser.text(".choice-bar")).contains("0 chosen");
    }

    @Test
    @Tag("any-server")
    void takesARealmAlong() throws Exception {
        migrated();
        TestUser user = TestUser.signIn(base);
        String server = user.make(
                "servers",
                "{\"name\": \"s\", \"type\": \"QDRANT\", \"host\": \"h\", \"port\": 1, \"password\": \"fake\"}");
        user.make("databases", "{\"name\": \"papers\", \"serverId\": \"%s\"}".formatted(server));
        browse();
        browser.signIn(user.token());
        browser.go("#/realms");
        Path saved = browser.saveInto().resolve("Default.jsonl");

        browser.click("[data-act='export']");
        browser.type("dialog [name='Realms-Passphrase']", "fake passphrase");
        browser.photograph("export-wide");
        browser.click("dialog [data-act='save']");
        browser.until("what was exported", () -> browser.text("#notice").contains("Exported Default: 2 rows."));
        browser.until("the file", () -> Files.exists(saved));

        browser.click("[data-act='import']");
        browser.choose("dialog [name='file']", saved);
        browser.type("dialog [name='Realms-Passphrase']", "another passphrase");
        browser.click("dialog [data-act='save']");
        browser.until("a fault", () -> browser.text("#error-Realms-Passphrase").contains("does not open"));
        browser.type("dialog [name='Realms-Passphrase']", "fake passphrase");
        browser.click("dialog [data-act='save']");
        browser.until("a fault", () -> browser.text("#error-name").contains("another realm is called Default"));
        assertThat(browser.barriers()).isEmpty();
        browser.type("dialog [name='name']", "Copy");
        browser.looks("light", 390);
        browser.photograph("import-narrow");
        browser.click("dialog [data-act='save']");
        browser.await("dialog[data-dialog='import-realm']");
        browser.photograph("import-confirm-narrow");
        assertThat(browser.overflowing()).isEmpty();
        browser.click("dialog [data-act='confirm']");

        browser.until(
                "what was imported", () -> browser.text("#notice").contains("Imported Copy: 1 server, 1 database."));
        browser.until("the realm", () -> browser.text("#realm-list").contains("Copy"));
        browser.looks("light", 1440);
        browser.photograph("realms-wide");

        deletesWithWhatItHolds("Copy");
    }

    /** By its name, and back again. */
    private void deletesWithWhatItHolds(String realm) {
        browser.click("[data-act='delete'][aria-label='Delete " + realm + "']");
        browser.await("dialog[data-dialog='delete-realm']");
        assertThat(browser.text("dialog")).contains("1 server, 1 database go with it.");
        browser.photograph("delete-realm-wide");
        browser.type("dialog [name='confirm']", realm);
        browser.click("dialog [data-act='confirm']");
        browser.until("that it is deleted", () -> browser.text("#notice").contains(realm + " is deleted."));
        browser.click("#show-deleted");
        browser.until(
                "until when it can come back",
                () -> browser.text("#realm-list").contains("what it held is kept at least until"));
        browser.photograph("deleted-realm-wide");
        browser.click("[data-act='restore']");
        browser.until("that it is back", () -> browser.text("#notice").contains(realm + " is back."));
    }

    /** Wide and on a phone. */
    @Test
    @Tag("any-server")
    void tellsWhatHappenedInARealm() throws Exception {
        migrated();
        TestUser user = TestUser.signIn(base);
        String work = user.makeRealm("Work");
        String key = user.api()
                .post("/api/realms/" + work + "/api-keys", "{\"name\": \"pipeline\", \"access\": \"READ\"}")
                .json()
                .getString("key");
        Api program = Api.at(base).as(key);
        program.get("/api/realms/" + work + "/documents");
        program.post("/api/realms/" + work + "/documents", "{\"name\": \"o\", \"type\": \"t\"}");
        user.make("documents", "{\"name\": \"thesis.pdf\", \"type\": \"t\"}");
        user.api().post(user.path("/move"), "{\"targetRealmId\": \"%s\", \"everything\": true}".formatted(work));
        user.api().patch("/api/realms/" + work, "{\"name\": \"Lab\"}");
        browse();
        browser.signIn(user.token());
        browser.go("#/realms/" + work + "/documents");

        browser.click(".tabs a[href$='/events']");
        browser.until("what happened", () -> entries().size() == 6);
        assertThat(entries()).first().asString().contains("The realm was renamed from Work to Lab", "by you");
        assertThat(findings("events")).isEmpty();
        browser.looks("light", 1200);
        browser.photograph("events-wide");
        browser.looks("dark", 360);
        browser.photograph("events-narrow");

        browser.run("document.querySelector('[data-filter=kind]').focus()");
        browser.press(Keys.END);
        browser.press(Keys.TAB);
        browser.until("one kind", () -> browser.address().contains("kind="));
        browser.run("document.querySelector('[data-filter=kind]').focus()");
        browser.press(Keys.HOME);
        browser.press(Keys.TAB);
        browser.until("all kinds", () -> entries().size() == 6);
    }

    private List<String> entries() {
        return browser.all(".timeline li").stream().map(one -> one.getText()).toList();
    }

    private List<String> shown(String list) {
        return browser.all("table[data-list='" + list + "'] tr[data-id] strong").stream()
                .map(one -> one.getText())
                .toList();
    }

    @Test
    @Tag("any-server")
    void makesAKeyThatOpensItsRealm() throws Exception {
        migrated();
        TestUser user = TestUser.signIn(base);
        browse();
        browser.signIn(user.token());
        browser.go("#/realms/" + user.realmId() + "/api-keys");
        browser.click("main [data-act='create']");
        browser.type("dialog [name='name']", "robot");
        browser.click("dialog [data-act='save']");

        String key = browser.text("#new-key");

        assertThat(Api.at(base).as(key).get("/api/realms/current").json().getString("id"))
                .isEqualTo(user.realmId());
        assertThat(browser.text("#new-key-curl")).contains("curl", key, "/api/realms/current");
        browser.click("dialog[data-dialog='new-key'] .actions button");
        browser.until(
                "the new row", () -> browser.text("table[data-list='api-keys']").contains("robot"));
        assertThat(browser.run("return document.documentElement.outerHTML").toString())
                .doesNotContain(key);
    }

    @Test
    @Tag("any-server")
    void saysWhatIsWrongAndWhatToDo() throws Exception {
        migrated();
        TestUser user = TestUser.signIn(base);
        browse();

        browser.signIn("garbage");
        browser.await("form#sign-in");
        assertThat(browser.text("#sign-in-message")).isNotBlank();

        browser.signIn(user.token());
        browser.go("#/users");
        browser.await("[data-state='forbidden']");
        assertThat(browser.all("nav[aria-label='Main'] a[href='#/users']")).isEmpty();
        browser.go("#/realms/" + UUID.randomUUID() + "/servers");
        browser.await("[data-state='not-found']");
        browser.go("#/realms/" + user.realmId() + "/documents");
        browser.await("[data-state='empty']");

        browser.go("#/realms");
        browser.click("main [data-act='create']");
        browser.click("dialog [data-act='save']");
        browser.until("the API's message", () -> !browser.text("#error-name").isBlank());
        assertThat(browser.run("return document.activeElement.name")).isEqualTo("name");
        browser.press(Keys.ESCAPE);

        browser.offline(true);
        browser.go("#/realms/" + user.realmId() + "/jobs");
        browser.await("[data-state='server-gone']");
        browser.offline(false);
        browser.await("[data-state='empty']");

        browser.run("sessionStorage.setItem('realms.token', 'revoked')");
        browser.go("#/settings");
        browser.await("form#sign-in");
        assertThat(browser.text("#sign-in-message")).isNotBlank();
    }

    /** Every page that a link leads to, in both schemes, narrow and wide, with the dialog that makes something open, too. */
    @Test
    @Tag("any-server")
    void keepsNobodyOutOfAnyPage() throws Exception {
        migrated();
        browse();
        browser.signIn("");
        List<String> found = new ArrayList<>(findings("sign-in"));
        browser.signIn(adminToken());
        Set<String> seen = new TreeSet<>();
        Deque<String> left = new ArrayDeque<>(browser.links());
        while (!left.isEmpty()) {
            String route = left.pop();
            String page = route.replaceAll("[?].*", "").replaceAll("[0-9a-f-]{36}", "{id}");
            if (seen.add(page)) {
                browser.go(route.replaceAll("[?].*", ""));
                left.addAll(browser.links());
                found.addAll(findings(page));
            }
        }

        assertThat(found).isEmpty();
        assertThat(seen)
                .contains(
                        "#/realms/{id}/servers",
                        "#/realms/{id}/api-keys",
                        "#/realms/{id}/events",
                        "#/migration/findings",
                        "#/migration/limits");
        assertThat(seen.stream().map(page -> page.split("/")[1]).collect(Collectors.toSet()))
                .isEqualTo(sections());
    }

    private List<String> findings(String page) {
        List<String> found = new ArrayList<>();
        for (boolean dialog : new boolean[] {false, true}) {
            if (dialog && !browser.has("main [data-act='create']")) {
                continue;
            }
            if (dialog) {
                browser.click("main [data-act='create']");
                browser.await("dialog[open] [data-act='save']");
            }
            for (Map.Entry<String, Integer> look : LOOKS.entrySet()) {
                browser.looks(look.getKey(), look.getValue());
                String where = page + (dialog ? " with its dialog, " : ", ") + look + ": ";
                browser.barriers().forEach(barrier -> found.add(where + barrier));
                browser.overflowing().forEach(part -> found.add(where + "too wide: " + part));
            }
            if (dialog) {
                browser.press(Keys.ESCAPE);
            }
        }
        return found;
    }

    /** Those that have a page. */
    private static Set<String> sections() throws IOException {
        try (Stream<Path> folders = Files.list(FILES.resolve("console"))) {
            return folders.filter(folder -> Files.exists(folder.resolve("page.js")))
                    .map(folder -> folder.getFileName().toString())
                    .collect(Collectors.toSet());
        }
    }

    private void browse() throws IOException {
        browser = Browser.at(base);
    }

    private static String adminToken() {
        return Tokens.of("operator@example.com", "ADMIN");
    }

    private List<String> acts() {
        return browser.all("#acts [data-act]").stream()
                .map(button -> button.getDomAttribute("data-act"))
                .toList();
    }

    private void awaitState(String state) {
        browser.await("#migration-state[data-state='%s']".formatted(state));
    }

    private void migrated() {
        lead("migrated", Set.of("expanded", "rolled-back", "stopped", "failed"), "start", null);
    }

    private void beforeTheMigration() {
        if (!state().equals("expanded")) {
            migrated();
            lead("rolled-back", Set.of("migrated"), "rollback", "{\"confirm\": \"rollback\"}");
        }
    }

    private void lead(String to, Set<String> from, String act, String body) {
        if (from.contains(state())) {
            assertThat(admin.post(MIGRATION + "/" + act, body).status()).isEqualTo(202);
        }
        await(to, () -> state().equals(to));
    }

    private void await(String what, BooleanSupplier condition) {
        Instant end = Instant.now().plus(Duration.ofMinutes(1));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(what + ": " + admin.get(MIGRATION)).isBefore(end);
            LockSupport.parkNanos(100_000_000);
        }
    }

    private String state() {
        return admin.get(MIGRATION).json().getString("state");
    }

    @Test
    void keepsToTheStrictestPolicy() throws IOException {
        List<String> paths = Stream.concat(files().stream(), Stream.of("/console/", "/console/no-such-file"))
                .toList();
        assertThat(paths).hasSizeGreaterThan(4);
        for (String path : paths) {
            Api.Answer answer = Api.at(base).get(path);
            assertThat(answer.status()).as(path).isEqualTo(path.endsWith("no-such-file") ? 404 : 200);
            assertThat(answer.header("Content-Security-Policy"))
                    .as(path)
                    .hasValue(
                            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:;"
                                    + " font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
            assertThat(answer.header("X-Content-Type-Options")).as(path).hasValue("nosniff");
            assertThat(answer.header("Referrer-Policy")).as(path).hasValue("no-referrer");
            assertThat(answer.header("Cross-Origin-Opener-Policy")).as(path).hasValue("same-origin");
            assertThat(answer.header("Cross-Origin-Resource-Policy")).as(path).hasValue("same-origin");
            assertThat(answer.header("Permissions-Policy").orElseThrow())
                    .as(path)
                    .contains("camera=()");
        }
    }

    /** A new version is picked up at once, and the same one is not sent again. */
    @Test
    void isKeptAndAskedAbout() throws IOException {
        for (String file : files()) {
            Api.Answer first = Api.at(base).get(file);
            assertThat(first.header("Cache-Control")).as(file).hasValue("no-cache");
            String tag = first.header("ETag").orElseThrow(() -> new AssertionError(file + " " + first));

            Api.Answer again = Api.at(base).with("If-None-Match", tag).get(file);

            assertThat(again.status()).as(file).isEqualTo(304);
            assertThat(again.header("ETag")).as(file).hasValue(tag);
            assertThat(Api.at(base)
                            .with("If-None-Match", "\"x\", W/" + tag)
                            .get(file)
                            .status())
                    .as(file)
                    .isEqualTo(304);
            assertThat(first.header("Last-Modified")).as(file).isEmpty();
            assertThat(Api.at(base).with("If-None-Match", "\"other\"").get(file).body())
                    .as(file)
                    .isEqualTo(first.body());
        }
    }

    private static List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(FILES.resolve("console"))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> "/" + FILES.relativize(file).toString().replace('\\', '/'))
                    .toList();
        }
    }
}
