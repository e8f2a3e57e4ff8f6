package dev.realms.realm.isolation;

import dev.realms.realm.Realm;
import dev.realms.testing.InServer;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Everything that the application does with an entity. */
@InServer
final class Acts {

    private Acts() {}

    /** By name. */
    static Map<String, Unit.Act> on(Class<?> entity, UUID uuid) {
        Object id = entity == Realm.class ? uuid : uuid.toString();
        Map<String, Unit.Act> acts = new LinkedHashMap<>();
        acts.put("find", em -> em.find(entity, id));
        acts.put(
                "read",
                em -> em.createQuery("SELECT e FROM " + name(em, entity) + " e").getResultList());
        acts.put(
                "count",
                em -> em.createQuery("SELECT COUNT(e) FROM " + name(em, entity) + " e")
                        .getSingleResult());
        if (TwoRealms.isWritten(entity)) {
            addWriting(acts, entity, id);
        }
        return acts;
    }

    private static void addWriting(Map<String, Unit.Act> acts, Class<?> entity, Object id) {
        acts.put("lock", em -> em.find(entity, id, LockModeType.PESSIMISTIC_WRITE));
        acts.put(
                "change all",
                em -> em.createQuery("UPDATE " + name(em, entity) + " e SET e.updatedAt = :now")
                        .setParameter("now", Instant.now())
                        .executeUpdate());
        acts.put(
                "delete all",
                em -> em.createQuery("DELETE FROM " + name(em, entity) + " e").executeUpdate());
        acts.put("persist", em -> {
            var constructor = entity.getDeclaredConstructor();
            constructor.setAccessible(true);
            em.persist(constructor.newInstance());
            em.flush();
        });
    }

    private static String name(EntityManager em, Class<?> entity) {
        return em.getMetamodel().entity(entity).getName();
    }
}
