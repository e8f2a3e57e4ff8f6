package dev.realms.realm.isolation.probe;

import dev.realms.realm.isolation.RealmBinding;
import dev.realms.realm.isolation.RealmScoped;
import dev.realms.realm.isolation.probe.IsolationVerdict.IsolationFinding;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.persistence.config.CacheIsolationType;
import org.eclipse.persistence.config.PersistenceUnitProperties;
import org.eclipse.persistence.descriptors.ClassDescriptor;
import org.eclipse.persistence.descriptors.SingleTableMultitenantPolicy;
import org.eclipse.persistence.jpa.JpaEntityManagerFactory;
import org.eclipse.persistence.sessions.Session;

/** What is wrong with the persistence unit: asked of the session it has become, not of the files it was made from. */
final class PersistenceUnitFindings {

    private static final String REALM = "realm_id";

    private final Session session;
    private final Set<String> realmTables;
    private final List<IsolationFinding> found = new ArrayList<>();

    private PersistenceUnitFindings(Session session, Set<String> realmTables) {
        this.session = session;
        this.realmTables = realmTables;
    }

    /** @param realmTables the tables that have a realm's rows, as the database knows them */
    static List<IsolationFinding> of(EntityManagerFactory unit, Set<String> realmTables) {
        JpaEntityManagerFactory eclipseLink;
        try {
            eclipseLink = unit.unwrap(JpaEntityManagerFactory.class);
        } catch (PersistenceException | ClassCastException anotherProvider) {
            return List.of(new IsolationFinding("jpa-provider", "", "The JPA provider is not EclipseLink."));
        }
        return new PersistenceUnitFindings(eclipseLink.getDatabaseSession(), realmTables).find();
    }

    private List<IsolationFinding> find() {
        if (session.getProject().allowNativeSQLQueries()) {
            add("native-sql", "", "The persistence unit allows native SQL, which no tenant filter reaches.");
        }
        if (Boolean.parseBoolean(
                String.valueOf(session.getProperty(PersistenceUnitProperties.MULTITENANT_SHARED_CACHE)))) {
            add("shared-cache", "", "Tenants share the persistence unit's cache.");
        }
        if (session.getEventManager().getListeners().stream().noneMatch(RealmBinding.class::isInstance)) {
            add(
                    "realm-binding",
                    "",
                    "The persistence unit has no RealmBinding: a session could keep an earlier realm.");
        }
        session.getDescriptors().values().stream().distinct().forEach(this::look);
        return found;
    }

    private void look(ClassDescriptor entity) {
        if (entity.getCacheIsolation() != CacheIsolationType.ISOLATED) {
            add("shared-cache", name(entity), "Entity %s is kept in the shared cache.".formatted(name(entity)));
        }
        boolean owned = RealmScoped.class.isAssignableFrom(entity.getJavaClass());
        boolean inRealm = entity.getTables().stream().anyMatch(table -> realmTables.contains(table.getName()));
        if (owned && !inRealm) {
            add(
                    "realm-column",
                    name(entity),
                    "The table of entity %s has no column %s.".formatted(name(entity), REALM));
        }
        if ((owned || inRealm) && !hasTenantPolicy(entity)) {
            add(
                    "tenant-policy",
                    name(entity),
                    "Entity %s has no single-table tenant policy with %s, from the property %s, in its primary key."
                            .formatted(name(entity), REALM, RealmScoped.TENANT_PROPERTY));
        }
    }

    private boolean hasTenantPolicy(ClassDescriptor entity) {
        return entity.getMultitenantPolicy() instanceof SingleTableMultitenantPolicy policy
                && policy.getTenantDiscriminatorFields().entrySet().stream()
                        .anyMatch(field -> field.getKey().getName().equals(REALM)
                                && field.getValue().equals(RealmScoped.TENANT_PROPERTY))
                && entity.getPrimaryKeyFields().stream()
                        .anyMatch(field -> field.getName().equals(REALM));
    }

    private void add(String reason, String subject, String sentence) {
        found.add(new IsolationFinding(reason, subject, sentence));
    }

    private static String name(ClassDescriptor entity) {
        return entity.getJavaClass().getSimpleName();
    }
}
