package dev.realms.realm.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.realms.document.CreateDocument;
import dev.realms.document.DocumentService;
import dev.realms.document.DocumentState;
import dev.realms.document.DocumentView;
import dev.realms.document.UpdateDocument;
import dev.realms.migration.control.PlainMigration;
import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.ExpandSchema;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.TestSql;
import dev.realms.user.UserService;
import dev.realms.web.PageRequest;
import dev.realms.web.json.Instants;
import dev.realms.web.json.ResourceUpdate;
import dev.realms.web.problem.DomainException;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.lang.reflect.Field;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The real persistence unit and services, outside of a server, over columns of both kinds of types; the time zone is not UTC. */
@DatabaseTest
class ColumnTypesTest {

    /** How often the driver has to see a statement until it prepares it in the server, and more. */
    private static final int OFTEN = 8;

    private static final UUID REALM = UUID.randomUUID();

    enum Shape {
        OURS("uuid", "timestamptz(3)", "CREATE DOMAIN state AS text; CREATE DOMAIN role AS text"),
        PRISMA(
                "text",
                "timestamp(3)",
                "CREATE TYPE state AS ENUM ('PENDING', 'INGESTING', 'INGESTED', 'DEPRECATED', 'DELETED');"
                        + " CREATE TYPE role AS ENUM ('ADMIN', 'USER', 'VIEWER')");

        final String user;
        final String database;
        final String uploadedInUtc;
        private final String tables;

        Shape(String id, String time, String types) {
            user = id.equals("uuid") ? "3f2504e0-4f89-41d3-9a0c-0305e82c3301" : "ckv1-user_A";
            database = id.equals("uuid") ? "abcdef00-4f89-41d3-9a0c-0305e82c3301" : "ckv1-database_A";
            uploadedInUtc = "(upload_date" + (time.startsWith("timestamptz") ? " AT TIME ZONE 'UTC'" : "") + ")::text";
            tables = ("CREATE SCHEMA realms; SET search_path = realms; " + types + """
                    ;
                    CREATE TABLE users (
                      id $id PRIMARY KEY, name text, email text, avatar text, role role, created_at $time, updated_at $time);
                    CREATE TABLE databases (
                      id $id, realm_id uuid, user_id $id, name text, description text, document_count integer, last_updated $time, server_id $id,
                      created_at $time, updated_at $time, name_key text, PRIMARY KEY (realm_id, id));
                    CREATE TABLE documents (
                      id $id, realm_id uuid, user_id $id, name text, type text, state state, version integer, chunks integer, quality float8,
                      upload_date $time, database_id $id, created_at $time, updated_at $time, name_key text, PRIMARY KEY (realm_id, id));
                    CREATE INDEX ON documents (realm_id, created_at DESC, id DESC);
                    CREATE FUNCTION enter_realm(p_realm uuid, p_user $id, p_key text) RETURNS void LANGUAGE plpgsql AS
                      $f$ BEGIN PERFORM set_config('realms.open', p_realm || ' ' || p_user, true); END $f$;
                    CREATE FUNCTION opened(p_realm uuid, p_user $id) RETURNS boolean LANGUAGE plpgsql STABLE AS
                      $f$ BEGIN
                        IF current_setting('realms.open', true) = p_realm || ' ' || p_user THEN RETURN true; END IF;
                        RAISE 'No realm is open';
                      END $f$;
                    INSERT INTO users VALUES ('$user', 'Anna', 'anna@example.com', NULL, 'ADMIN', '2026-01-01', '2026-01-01');
                    INSERT INTO databases
                      VALUES ('$database', '$realm', '$user', 'd', '', 0, NULL, NULL, '2026-01-01', '2026-01-01');
                    ALTER TABLE databases ENABLE ROW LEVEL SECURITY;
                    ALTER TABLE databases FORCE ROW LEVEL SECURITY;
                    CREATE POLICY open ON databases USING (opened(realm_id, user_id));
                    ALTER TABLE documents ENABLE ROW LEVEL SECURITY;
                    ALTER TABLE documents FORCE ROW LEVEL SECURITY;
                    CREATE POLICY open ON documents USING (opened(realm_id, user_id));
                    """)
                    .replace("$id", id)
                    .replace("$time", time)
                    .replace("$user", user)
                    .replace("$database", database)
                    .replace("$realm", REALM.toString());
        }
    }

    /** Binds all persistence to the one realm; public because EclipseLink makes it. */
    public static class OneRealm extends RealmBinding {

        static UUID realm;
        static String owner;

        @Override
        Request request() {
            RealmContext context = new RealmContext();
            context.enter(realm, owner);
            return new Request(context, new Caller());
        }
    }

    private final TimeZone zone = TimeZone.getDefault();
    private final DocumentService documents = new DocumentService();
    private final UserService users = new UserService();
    private TestSql database;
    private EntityManagerFactory unit;
    private EntityManager em;

    @BeforeEach
    void liveElsewhere() {
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
    }

    @AfterEach
    void close() {
        TimeZone.setDefault(zone);
        unit.close();
    }

    private void open(Shape shape) throws Exception {
        database = new TestSql(FreshDatabases.empty());
        database.run(shape.tables);
        open(REALM, shape.user, (PGSimpleDataSource) database.database());
    }

    private void open(UUID realm, String owner, PGSimpleDataSource source) throws Exception {
        OneRealm.realm = realm;
        OneRealm.owner = owner;
        unit = Persistence.createEntityManagerFactory(
                "realms",
                Map.of(
                        "jakarta.persistence.transactionType",
                        "RESOURCE_LOCAL",
                        // Its own pool: the driver counts how often a connection has seen a statement.
                        "jakarta.persistence.jdbc.url",
                        url(source),
                        "jakarta.persistence.jtaDataSource",
                        "",
                        "eclipselink.target-server",
                        "None",
                        "eclipselink.session-event-listener",
                        OneRealm.class.getName(),
                        "eclipselink.session-name",
                        "types " + UUID.randomUUID()));
        em = unit.createEntityManager();
        OwnedRows rows = new OwnedRows();
        inject(rows, "em", em);
        inject(documents, "rows", rows);
        inject(documents, "realm", new OneRealm().request().realm());
        inject(users, "em", em);
    }

    @ParameterizedTest
    @EnumSource
    void writesAndReads(Shape shape) throws Exception {
        open(shape);
        Instant uploaded = Instant.parse("2026-03-29T00:30:00.123Z");

        DocumentView made = inTransaction(() -> documents.create(document(uploaded, shape.database)));
        DocumentView read = documents.get(made.id());
        DocumentView changed =
                inTransaction(() -> documents.update(made.id(), ResourceUpdate.to(ingesting(null)), null));

        assertThat(read).isEqualTo(made);
        assertThat(read.databaseId()).isEqualTo(shape.database);
        assertThat(read.userId()).isEqualTo(shape.user);
        assertThat(UUID.fromString(read.id())).hasToString(read.id());
        assertThat(changed.state()).isEqualTo(DocumentState.INGESTING);
        assertThat(documents.get(made.id())).isEqualTo(changed);
        assertThat(column(shape.uploadedInUtc + " || '|' || state || '|' || (database_id IS NULL)"))
                .isEqualTo("2026-03-29 00:30:00.123|INGESTING|true");

        inTransaction(() -> {
            documents.delete(made.id(), null);
            return null;
        });
        assertRefused("not-found", () -> documents.get(made.id()));
    }

    @ParameterizedTest
    @EnumSource
    void keepsTimesBeforeTheCalendarChanged(Shape shape) throws Exception {
        open(shape);
        Instant old = Instant.parse("1500-02-28T23:30:00Z");

        DocumentView made = inTransaction(() -> documents.create(document(old, null)));

        assertThat(documents.get(made.id()).uploadDate()).isEqualTo(old);
        assertThat(column(shape.uploadedInUtc)).isEqualTo("1500-02-28 23:30:00");
    }

    /** Rows from before realms may have any. */
    @ParameterizedTest
    @EnumSource
    void readsPagesOverAllTimesThatThereAre(Shape shape) throws Exception {
        open(shape);
        List<String> times = List.of(
                "-infinity",
                "4713-01-01 00:00:00Z BC",
                "0001-01-01 00:00:00Z",
                "2024-02-29 00:00:00Z",
                "10000-01-01 00:00:00Z",
                "infinity");
        for (String time : times) {
            DocumentView made = inTransaction(() -> documents.create(document(Instant.now(), null)));
            new TestSql(FreshDatabases.asSuperuser(database.database()))
                    .run("UPDATE documents SET created_at = '" + time + "', upload_date = '" + time + "' WHERE id = '"
                            + made.id() + "'");
        }

        List<Instant> read = new ArrayList<>();
        String cursor = null;
        do {
            var page = documents.list(PageRequest.of("s", "1", cursor), null, null, null);
            page.items().forEach(document -> read.add(document.createdAt()));
            cursor = page.nextCursor();
        } while (cursor != null);
        assertThat(read).hasSameSizeAs(times).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(read).startsWith(Instant.MAX).endsWith(Instant.MIN);
        for (Instant time : read) {
            DocumentView made = inTransaction(() -> documents.create(document(time, null)));
            assertThat(documents.get(made.id()).uploadDate()).isEqualTo(time);
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsPagesInOneTransactionWithTheOpeningHoweverOften(Shape shape) throws Exception {
        open(shape);
        for (int i = 0; i < 5; i++) {
            inTransaction(() -> documents.create(document(Instant.now(), shape.database)));
        }

        for (int i = 0; i < OFTEN; i++) {
            var first = documents.list(PageRequest.of("s", "2", null), null, null, null);
            var second = documents.list(PageRequest.of("s", "2", first.nextCursor()), null, null, null);
            var third = documents.list(PageRequest.of("s", "2", second.nextCursor()), null, null, null);

            assertThat(List.of(first.items(), second.items(), third.items()))
                    .extracting(List::size)
                    .containsExactly(2, 2, 1);
            assertThat(documents
                            .list(all(), shape.database, DocumentState.PENDING, "t")
                            .items())
                    .hasSize(5);
            assertThat(documents.list(all(), null, DocumentState.DELETED, null).items())
                    .isEmpty();
            assertThat(documents.list(all(), "nowhere", null, null).items()).isEmpty();
            assertThat(documents.get(first.items().get(0).id()))
                    .isEqualTo(first.items().get(0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsNothingUnderWhatCantBeAnId(Shape shape) throws Exception {
        open(shape);

        for (String id :
                List.of("cjld2cjxh0000qzrmn831i7rn", UUID.randomUUID().toString(), "a b", "\0", "é", "x".repeat(65))) {
            for (int i = 0; i < OFTEN; i++) {
                assertRefused("not-found", () -> documents.get(id));
                assertRefused(
                        "not-found",
                        () -> inTransaction(() -> documents.update(id, ResourceUpdate.to(ingesting(null)), null)));
                assertRefused("not-found", () -> users.get(id));
                assertRefused("validation", () -> inTransaction(() -> documents.create(document(Instant.now(), id))));
            }
        }

        inTransaction(() -> documents.create(document(Instant.now(), shape.database)));
        assertThat(documents.list(all(), null, null, null).items()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void takesCapitalsForTheSameUuidAndAnotherText(Shape shape) throws Exception {
        open(shape);
        String capitals = shape.database.toUpperCase(Locale.ROOT);

        if (shape == Shape.OURS) {
            DocumentView made = inTransaction(() -> documents.create(document(Instant.now(), capitals)));
            DocumentView changed =
                    inTransaction(() -> documents.update(made.id(), ResourceUpdate.to(ingesting(capitals)), null));

            assertThat(made.databaseId()).isEqualTo(shape.database);
            assertThat(changed.databaseId()).isEqualTo(shape.database);
            assertThat(documents.get(made.id().toUpperCase(Locale.ROOT))).isEqualTo(changed);
        } else {
            assertRefused("validation", () -> inTransaction(() -> documents.create(document(Instant.now(), capitals))));
        }
    }

    @ParameterizedTest
    @EnumSource
    void listsUsersByRole(Shape shape) throws Exception {
        open(shape);

        var page = users.list(null, null, Role.ADMIN, PageRequest.of("users", "1", null));

        assertThat(page.items())
                .singleElement()
                .satisfies(user -> assertThat(user.id()).isEqualTo(shape.user));
        assertThat(users.get(shape.user).createdAt())
                .isEqualTo(Instant.parse(shape == Shape.OURS ? "2025-12-31T23:00:00Z" : "2026-01-01T00:00:00Z"));
        assertThat(users.list(null, null, Role.USER, all()).items()).isEmpty();
    }

    /** EclipseLink would decrypt a password that it is given. */
    private static String url(PGSimpleDataSource source) {
        String url = source.getURL();
        return url + (url.contains("?") ? "&" : "?") + "user=" + source.getUser() + "&password=" + source.getPassword();
    }

    /** As the runtime role, with row-level security as it is. */
    @Test
    void servesADatabaseThatPrismaMade() throws Exception {
        database = new TestSql(
                FreshDatabases.prisma(
                        "INSERT INTO users (id, name, email, role, \"updatedAt\") VALUES ('CK_a', 'a', 'a@example.com', 'ADMIN', '2026-01-01')",
                        "INSERT INTO documents (id, name, type, state, \"userId\", \"updatedAt\")"
                                + " SELECT 'ckv-' || n, n, 't', 'INGESTED', id, '2026-01-01' FROM users, generate_series(1, 5) AS n"));
        new ExpandSchema(database.database(), FreshDatabases.APP_USER).run();
        assertThat(new PlainMigration(database.database()).run().passed()).isTrue();
        UUID realm = UUID.fromString(database.ask("SELECT id FROM realms").get(0));
        PGSimpleDataSource source = (PGSimpleDataSource) FreshDatabases.asSuperuser(database.database());
        source.setOptions("-c role=" + FreshDatabases.APP_USER);
        open(realm, "CK_a", source);

        DocumentView made = inTransaction(() -> documents.create(document(Instants.now(), null)));
        for (int i = 0; i < OFTEN; i++) {
            var first = documents.list(PageRequest.of("s", "3", null), null, DocumentState.INGESTED, "t");
            var second =
                    documents.list(PageRequest.of("s", "3", first.nextCursor()), null, DocumentState.INGESTED, "t");

            assertThat(first.items()).hasSize(3);
            assertThat(second.items()).hasSize(2);
            assertThat(documents.get(made.id())).isEqualTo(made);
            assertRefused("not-found", () -> documents.get("CKV-1"));
        }
        assertRefused(
                "wrong-state",
                () -> inTransaction(() -> documents.update("ckv-1", ResourceUpdate.to(ingesting(null)), null)));
        inTransaction(() -> {
            documents.delete("ckv-1", null);
            return null;
        });
        assertRefused("not-found", () -> documents.get("ckv-1"));
    }

    private static PageRequest all() {
        return PageRequest.of("s", null, null);
    }

    private static CreateDocument document(Instant uploaded, String databaseId) {
        return new CreateDocument("n", "t", null, null, null, null, uploaded, databaseId);
    }

    private static UpdateDocument ingesting(String databaseId) {
        return new UpdateDocument("n", "t", DocumentState.INGESTING, 1, 0, 0.5, null, databaseId);
    }

    /** As the database's owner sees it. */
    private String column(String expression) throws Exception {
        return database.ask(
                        "SELECT " + expression + " FROM (SELECT realms.enter_realm('" + REALM + "', '" + OneRealm.owner
                                + "', NULL) OFFSET 0) AS e, LATERAL (SELECT * FROM realms.documents WHERE e IS NOT NULL OFFSET 0) AS d")
                .get(0);
    }

    private <T> T inTransaction(Supplier<T> work) {
        em.getTransaction().begin();
        try {
            T result = work.get();
            em.getTransaction().commit();
            em.clear();
            return result;
        } finally {
            if (em.getTransaction().isActive()) {
                em.getTransaction().rollback();
            }
        }
    }

    private static void assertRefused(String code, Supplier<?> act) {
        assertThatExceptionOfType(DomainException.class)
                .isThrownBy(act::get)
                .satisfies(refused -> assertThat(refused.type().code()).isEqualTo(code));
    }

    private static void inject(Object bean, String name, Object value) throws ReflectiveOperationException {
        Field field = bean.getClass().getDeclaredField(name);
        field.setAccessible(true);
        field.set(bean, value);
    }
}
