package dev.realms.realm.isolation;

import dev.realms.testing.InServer;
import dev.realms.web.problem.DomainException;
import jakarta.annotation.Resource;
import jakarta.ejb.EJBContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

/** What services do in the open realm, and all the ways in which it can go wrong. */
@InServer
@Stateless
public class TrialService {

    /** How a method ends that has written something. */
    public enum End {
        WELL,
        RUNTIME_EXCEPTION,
        CHECKED_EXCEPTION,
        ERROR,
        DOMAIN_EXCEPTION,
        ROLLBACK_ONLY,
        STATEMENT_TIMEOUT,
        SWALLOWED_FAILURE
    }

    @PersistenceContext(unitName = "realms")
    private EntityManager em;

    @Inject
    private RealmContext realm;

    @Inject
    private TransactionConnection transaction;

    @Inject
    private TrialGate gate;

    @Resource
    private EJBContext ejb;

    /** The realms whose rows can be seen here, past the ORM and through it, and the one that is open. */
    public String look() throws SQLException {
        return rowsByOrm() + " " + TrialLook.rows(transaction.get()) + " " + TrialLook.open(transaction.get());
    }

    public String write(End end) throws Exception {
        gate.open(realm.realmId(), realm.ownerId());
        insert();
        switch (end) {
            case WELL -> rowsByOrm();
            case RUNTIME_EXCEPTION -> throw new IllegalStateException("trial");
            case CHECKED_EXCEPTION -> throw new IOException("trial");
            case ERROR -> throw new AssertionError("trial");
            case DOMAIN_EXCEPTION -> throw DomainException.invalid("trial", "fails");
            case ROLLBACK_ONLY -> {
                // From here on WildFly refuses the connection, Payara does not.
                ejb.setRollbackOnly();
                return "rolled back";
            }
            case STATEMENT_TIMEOUT -> execute("SET LOCAL statement_timeout = 20; SELECT pg_sleep(5)");
            case SWALLOWED_FAILURE -> swallow("SELECT 1 / 0");
        }
        return look();
    }

    public String sleep(int millis) throws SQLException {
        gate.open(realm.realmId(), realm.ownerId());
        execute("SELECT pg_sleep(%d / 1000.0)".formatted(millis));
        return look();
    }

    private List<UUID> rowsByOrm() {
        return em.createQuery("SELECT DISTINCT d.realmId FROM Document d", UUID.class)
                .getResultList();
    }

    private void insert() throws SQLException {
        execute(
                "INSERT INTO realms.documents (name, type, user_id, realm_id) VALUES ('trial of %1$s', 't', '%2$s', '%1$s')"
                        .formatted(realm.realmId(), realm.ownerId()));
    }

    private void swallow(String sql) {
        try {
            execute(sql);
        } catch (SQLException e) {
            // As somebody might: the transaction is broken from here on.
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = transaction.get().createStatement()) {
            statement.execute(sql);
        }
    }
}
