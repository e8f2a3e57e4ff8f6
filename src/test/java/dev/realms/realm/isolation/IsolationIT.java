package dev.realms.realm.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.realm.CreateRealm;
import dev.realms.realm.RealmService;
import dev.realms.testing.DatabaseState;
import dev.realms.testing.InServer;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.Wars;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.TreeSet;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tries to see, change and delete the neighbour's rows, of every entity there is, past each of the two fences. */
@InServer
@OnDatabase(DatabaseState.FINALIZED)
@ExtendWith(ArquillianExtension.class)
class IsolationIT {

    @Inject
    private Unit unit;

    @Inject
    private RealmContext realm;

    @Inject
    private TrialGate gate;

    @Inject
    private RealmService realms;

    @Deployment
    static WebArchive war() {
        return Wars.shared();
    }

    @Test
    void knowsEveryTableOfARealmAsAnEntity() {
        var ofEntities = new TreeSet<String>();
        TwoRealms.entities(unit.em().getMetamodel())
                .forEach(entity -> ofEntities.add("realms." + TwoRealms.table(entity)));

        assertThat(ofEntities).isNotEmpty().isEqualTo(new TreeSet<>(TwoRealms.tables()));
    }

    @Test
    void letsOnlyItsOwnerDeleteARealmThatHoldsNothing() {
        TwoRealms both = TwoRealms.make();
        UUID empty = realms.create(both.me(), new CreateRealm("Empty", null)).id();
        realms.makeDefault(both.me(), empty, null);

        assertThatThrownBy(() -> realms.delete(both.me(), both.mine(), null))
                .hasMessage("The realm still holds data; delete or move it first.");
        assertThatThrownBy(() -> realms.delete(both.me(), both.theirs(), null)).hasMessage("No such realm.");
        UUID spare = realms.create(both.me(), new CreateRealm("Spare", null)).id();
        realms.delete(both.me(), spare, null);
        assertThat(realms.findActive(both.me(), spare)).isEmpty();
    }

    @Test
    void bothFencesTogetherHideTheNeighbour() throws Exception {
        TwoRealms both = TwoRealms.make();
        realm.enter(both.mine(), both.me());

        for (Class<?> entity : TwoRealms.entities(unit.em().getMetamodel())) {
            unit.inTransaction(em -> {
                gate.open(both.mine(), both.me());
                hides(em, entity, both);
                hidesFromOuterJoins(em, entity, both);
            });
        }
    }

    @Test
    void theTenantFilterAloneHidesTheNeighbour() {
        TwoRealms both = TwoRealms.make();
        realm.enter(both.mine(), both.me());

        Fences.withoutRowLevelSecurity(() -> TwoRealms.entities(unit.em().getMetamodel())
                .forEach(entity -> assertThatCode(() -> unit.inTransaction(em -> hides(em, entity, both)))
                        .doesNotThrowAnyException()));
    }

    @Test
    void bothFencesTogetherHideTheNeighbourFromEveryCall() {
        Neighbourhood all = Neighbourhood.make();
        realm.enter(all.realms().mine(), all.realms().me());

        all.assertNoCallSeesTheNeighbour();
    }

    @Test
    void theTenantFilterAloneHidesTheNeighbourFromEveryCall() {
        Neighbourhood all = Neighbourhood.make();
        realm.enter(all.realms().mine(), all.realms().me());

        Fences.withoutKeys(() -> Fences.withoutRowLevelSecurity(() -> {
            all.assertNoCallSeesTheNeighbour();
            all.empty();
        }));
    }

    @Test
    void theGateAloneKeepsEveryCallOutOfTheNeighboursRealm() {
        Neighbourhood all = Neighbourhood.make();
        realm.enter(all.realms().theirs(), all.realms().me());
        Neighbourhood.fill(
                all.onlyTheirs(), all.realms().neighbour(), all.realms().theirs(), "theirs");

        Fences.withoutRowLevelSecurity(() -> assertThat(RepositoryCall.all())
                .allSatisfy(call -> assertThat(call.outcome(all.onlyTheirs()))
                        .as("%s", call)
                        .startsWith("refused REALM_NOT_FOUND")));
    }

    @Test
    void rowLevelSecurityAloneHidesTheNeighbour() throws Exception {
        TwoRealms both = TwoRealms.make();

        unit.inTransaction(em -> {
            gate.open(both.mine(), both.me());
            try (Connection connection = TwoRealms.dataSource("jdbc/realms").getConnection();
                    Statement sql = connection.createStatement()) {
                for (String table : TwoRealms.tables()) {
                    String theirs = " WHERE realm_id = '" + both.theirs() + "'";
                    String before = both.theirRow(table);
                    assertThat(before).as(table).isNotNull();
                    var count = sql.executeQuery(
                            "SELECT count(*), count(*) FILTER (WHERE realm_id = '" + both.mine() + "') FROM " + table);
                    count.next();
                    assertThat(count.getInt(1)).as(table).isEqualTo(1);
                    assertThat(count.getInt(2)).as(table).isEqualTo(1);
                    if (!TwoRealms.isWritten(table)) {
                        continue;
                    }
                    assertThat(sql.executeUpdate("UPDATE " + table + " SET updated_at = now()" + theirs))
                            .as(table)
                            .isZero();
                    assertThat(sql.executeUpdate("DELETE FROM " + table + theirs))
                            .as(table)
                            .isZero();
                    assertThat(both.theirRow(table)).isEqualTo(before);
                }
            }
        });
    }

    @Test
    void noRowCanBeWrittenIntoTheNeighboursRealm() {
        TwoRealms both = TwoRealms.make();

        for (String table : TwoRealms.tables()) {
            assertThatThrownBy(() -> unit.inTransaction(em -> {
                        gate.open(both.mine(), both.me());
                        try (Connection connection =
                                        TwoRealms.dataSource("jdbc/realms").getConnection();
                                Statement sql = connection.createStatement()) {
                            sql.executeUpdate("UPDATE " + table + " SET realm_id = '" + both.theirs() + "'");
                        }
                    }))
                    .as(table)
                    .hasMessageContaining(
                            TwoRealms.isWritten(table) ? "violates row-level security policy" : "permission denied");
        }
    }

    @Test
    void noRealmOfAnEarlierTransactionIsLeftOver() throws Exception {
        TwoRealms both = TwoRealms.make();

        for (int i = 0; i < 20; i++) {
            unit.inTransaction(em -> gate.open(both.theirs(), both.neighbour()));
            for (String table : TwoRealms.tables()) {
                assertThatThrownBy(() -> unit.inTransaction(em -> {
                            try (Connection connection =
                                            TwoRealms.dataSource("jdbc/realms").getConnection();
                                    Statement sql = connection.createStatement()) {
                                sql.executeQuery("SELECT count(*) FROM " + table);
                            }
                        }))
                        .as(table)
                        .hasMessageContaining("no realm is open");
            }
        }
    }

    @Test
    void nativeQueriesAreForbidden() {
        assertThatThrownBy(() -> unit.inTransaction(
                        em -> em.createNativeQuery("SELECT id FROM documents").getResultList()))
                .isInstanceOf(Exception.class);
    }

    private static void hides(EntityManager em, Class<?> entity, TwoRealms both) {
        String name = em.getMetamodel().entity(entity).getName();
        String before = both.theirRow(TwoRealms.table(entity));
        assertThat(before).as("a row to hide of " + name).isNotNull();

        assertThat(em.find(entity, both.theirs().toString())).as(name).isNull();
        assertThat(em.find(entity, both.mine().toString())).as(name).isNotNull();
        assertThat(em.createQuery("SELECT e FROM " + name + " e", entity).getResultList())
                .as(name)
                .hasSize(1)
                .allMatch(row -> ((RealmScoped) row).realmId().equals(both.mine()));
        assertThat(byId(em, "SELECT COUNT(e) FROM " + name + " e", both).getSingleResult())
                .isEqualTo(0L);
        assertThat(em.createQuery("SELECT COUNT(e) FROM " + name + " e").getSingleResult())
                .isEqualTo(1L);
        if (TwoRealms.isWritten(entity)) {
            hidesFromWriters(em, entity, both);
        }
        assertThat(both.theirRow(TwoRealms.table(entity))).isEqualTo(before);
    }

    private static void hidesFromWriters(EntityManager em, Class<?> entity, TwoRealms both) {
        String name = em.getMetamodel().entity(entity).getName();

        assertThat(em.find(entity, both.theirs().toString(), LockModeType.PESSIMISTIC_WRITE))
                .as(name)
                .isNull();
        assertThat(byId(em, "UPDATE " + name + " e SET e.updatedAt = :now", both)
                        .setParameter("now", Instant.now())
                        .executeUpdate())
                .as(name)
                .isZero();
        assertThat(byId(em, "DELETE FROM " + name + " e", both).executeUpdate())
                .as(name)
                .isZero();
        assertThat(em.createQuery("UPDATE " + name + " e SET e.updatedAt = :now")
                        .setParameter("now", Instant.now())
                        .executeUpdate())
                .as(name)
                .isEqualTo(1);
    }

    /** What EclipseLink makes of the tenant filter in an outer join has changed; what it must never do is show the row. */
    private static void hidesFromOuterJoins(EntityManager em, Class<?> entity, TwoRealms both) {
        String name = em.getMetamodel().entity(entity).getName();

        assertThat(em.createQuery(
                                "SELECT e.id FROM User u LEFT JOIN " + name + " e ON e.id = :id WHERE u.id = :me",
                                String.class)
                        .setParameter("id", both.theirs().toString())
                        .setParameter("me", both.me())
                        .getResultList())
                .as(name)
                .allSatisfy(id -> assertThat(id).isNull());
    }

    private static jakarta.persistence.Query byId(EntityManager em, String jpql, TwoRealms both) {
        return em.createQuery(jpql + " WHERE e.id = :id")
                .setParameter("id", both.theirs().toString());
    }
}
