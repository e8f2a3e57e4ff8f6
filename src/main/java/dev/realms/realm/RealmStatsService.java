package dev.realms.realm;

import dev.realms.realm.isolation.ColumnValue;
import dev.realms.realm.isolation.RealmContext;
import dev.realms.web.problem.ConstraintProblems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;

/** Counts what the open realm holds: one statement, hence one snapshot. */
@Stateless
public class RealmStatsService {

    /** All rows of a realm have its owner for their user; named, too, they are found in the smallest index. */
    private static final String COUNTS = "SELECT NEW dev.realms.realm.RealmStats(" + count("databases")
            + ", COUNT(d), " + count("api_keys") + ", " + count("database_servers") + ", " + count("jobs")
            + ") FROM Document d WHERE d.userId = :user";

    @PersistenceContext(unitName = "realms")
    private EntityManager em;

    @Inject
    private RealmContext realm;

    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public RealmStats get() {
        TypedQuery<RealmStats> counts = em.createQuery(COUNTS, RealmStats.class)
                .setParameter("realm", realm.realmId())
                .setParameter("user", realm.ownerId())
                .setParameter("owner", new ColumnValue("users", "id", realm.ownerId()));
        return ConstraintProblems.explain(counts::getSingleResult);
    }

    private static String count(String table) {
        return "SQL('(SELECT count(*) FROM realms." + table + " WHERE realm_id = ? AND user_id = ?)', :realm, :owner)";
    }
}
