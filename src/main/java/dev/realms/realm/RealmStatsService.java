package dev.realms.realm;

import dev.realms.isolation.InRealm;
import dev.realms.isolation.RealmContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Counts what the open realm holds: one statement, hence one snapshot. */
@Stateless
@InRealm
public class RealmStatsService {

    @PersistenceContext(unitName = "realms")
    private EntityManager em;

    @Inject
    private RealmContext realm;

    public RealmStats get() {
        Object[] counts = em.createQuery(
                        "SELECT (SELECT COUNT(b) FROM Database b), (SELECT COUNT(d) FROM Document d),"
                                + " (SELECT COUNT(k) FROM ApiKey k), (SELECT COUNT(s) FROM Server s), (SELECT COUNT(j) FROM Job j)"
                                + " FROM User u WHERE u.id = :owner",
                        Object[].class)
                .setParameter("owner", realm.ownerId())
                .getSingleResult();
        return new RealmStats(count(counts[0]), count(counts[1]), count(counts[2]), count(counts[3]), count(counts[4]));
    }

    private static long count(Object value) {
        return ((Number) value).longValue();
    }
}
