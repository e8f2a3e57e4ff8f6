package dev.realms.realm.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.testing.DatabaseState;
import dev.realms.testing.InServer;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.Wars;
import jakarta.inject.Inject;
import jakarta.persistence.metamodel.EntityType;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** With no realm open, every read and every write of owned data fails, whichever thread of the server it comes from. */
@InServer
@OnDatabase(DatabaseState.FINALIZED)
@ExtendWith(ArquillianExtension.class)
class FailClosedIT {

    /** Of a user, in no realm: closed in the same way until somebody has entered. */
    private static final List<String> OF_A_USER =
            List.of("realms.realms", "realms.user_settings", "realms.idempotent_requests");

    private static final String[] BY_THE_DATABASE = {
        "no realm is open",
        "nobody has entered",
        "permission denied for table realms",
        "permission denied for table realm_events"
    };

    @Inject
    private Unit unit;

    @Inject
    private TrialGate gate;

    @Inject
    private Elsewhere elsewhere;

    @Deployment
    static WebArchive war() {
        return Wars.shared();
    }

    @Test
    void onTheThreadOfARequest() throws Exception {
        Elsewhere.next(() -> nothingIsOpen(TwoRealms.make()));
        Elsewhere.perform();
        Elsewhere.await();
    }

    @Test
    void inAnAsynchronousMethod() throws Exception {
        Elsewhere.next(() -> nothingIsOpen(TwoRealms.make()));
        elsewhere.asynchronously();
        Elsewhere.await();
    }

    @Test
    void inATimer() throws Exception {
        Elsewhere.next(() -> nothingIsOpen(TwoRealms.make()));
        elsewhere.byTimer();
        Elsewhere.await();
    }

    @Test
    void onAThreadOfTheExecutor() throws Exception {
        Elsewhere.next(() -> nothingIsOpen(TwoRealms.make()));
        elsewhere.byExecutor();
        Elsewhere.await();
    }

    @Test
    void inABatch() throws Exception {
        Elsewhere.next(() -> nothingIsOpen(TwoRealms.make()));
        elsewhere.byBatch();
        Elsewhere.await();
    }

    private void nothingIsOpen(TwoRealms both) throws Exception {
        String before = TwoRealms.everything(OF_A_USER);

        everythingFails(both);
        // As work of somebody else before it on the same thread, and perhaps on the same connection, leaves it.
        openInATransactionOfItsOwn(both);
        everythingFails(both);

        assertThat(TwoRealms.everything(OF_A_USER)).isEqualTo(before);
    }

    private void everythingFails(TwoRealms both) {
        closedEntities()
                .forEach(entity -> Acts.on(entity, both.theirs())
                        .forEach((name, act) -> assertThatThrownBy(() -> unit.inTransaction(act))
                                .as("%s %s", name, entity.getSimpleName())
                                .satisfies(
                                        fault -> assertThat(reasons(fault)).containsAnyOf(whatStops(name, entity)))));
        for (String sql : statements()) {
            assertThatThrownBy(() -> run(sql))
                    .as(sql)
                    .satisfies(fault -> assertThat(reasons(fault)).containsAnyOf(BY_THE_DATABASE));
            assertThatThrownBy(() -> unit.inTransaction(em -> run(sql)))
                    .as("%s, in a transaction", sql)
                    .satisfies(fault -> assertThat(reasons(fault)).containsAnyOf(BY_THE_DATABASE));
        }
    }

    /** Also shows that the thread can do all of this where a realm is open. */
    private void openInATransactionOfItsOwn(TwoRealms both) throws Exception {
        unit.inTransaction(em -> {
            gate.open(both.theirs(), both.neighbour());
            em.setProperty(RealmScoped.TENANT_PROPERTY, both.theirs());
            for (String table : tables().toList()) {
                run("SELECT FROM " + table);
                if (TwoRealms.isWritten(table)) {
                    run("SELECT FROM " + table + " FOR UPDATE");
                    run("UPDATE " + table + " SET user_id = user_id");
                }
            }
        });
    }

    private Stream<Class<?>> closedEntities() {
        return unit.em().getMetamodel().getEntities().stream()
                .<Class<?>>map(EntityType::getJavaType)
                .filter(entity -> tables().anyMatch(TwoRealms.table(entity)::equals));
    }

    private static List<String> statements() {
        return tables().flatMap(table -> Stream.of(
                        "SELECT * FROM " + table,
                        "SELECT count(*) FROM " + table,
                        "SELECT FROM " + table + " FOR UPDATE",
                        "INSERT INTO " + table + " DEFAULT VALUES",
                        "UPDATE " + table + " SET user_id = user_id",
                        "DELETE FROM " + table))
                .toList();
    }

    private static Stream<String> tables() {
        return Stream.concat(TwoRealms.tables().stream(), OF_A_USER.stream());
    }

    private static void run(String sql) throws SQLException {
        try (Connection connection = TwoRealms.dataSource("jdbc/realms").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Nothing owned gets past EclipseLink, but for what it persists; the rest is the database's to refuse. */
    private static String[] whatStops(String act, Class<?> entity) {
        return RealmScoped.class.isAssignableFrom(entity) && !act.equals("persist")
                ? new String[] {RealmScoped.TENANT_PROPERTY}
                : BY_THE_DATABASE;
    }

    private static String reasons(Throwable fault) {
        return Stream.iterate(fault, Objects::nonNull, Throwable::getCause)
                .map(Throwable::getMessage)
                .collect(Collectors.joining("\n"));
    }
}
