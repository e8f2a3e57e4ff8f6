package dev.realms.realm.isolation;

import dev.realms.testing.InServer;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.UserTransaction;

/** The persistence unit as the application's own beans use it. */
@InServer
@ApplicationScoped
class Unit {

    interface Act {
        void in(EntityManager em) throws Exception;
    }

    @PersistenceContext(unitName = "realms")
    private EntityManager em;

    @Resource
    private UserTransaction transaction;

    EntityManager em() {
        return em;
    }

    /** Commits unless the act fails. */
    void inTransaction(Act act) throws Exception {
        transaction.begin();
        try {
            act.in(em);
        } catch (Exception e) {
            transaction.rollback();
            throw e;
        }
        transaction.commit();
    }
}
