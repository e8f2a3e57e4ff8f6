package dev.realms.realm.isolation.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.realm.isolation.ColumnCustomizer;
import dev.realms.realm.isolation.RealmScoped;
import dev.realms.realm.isolation.probe.IsolationVerdict.IsolationFinding;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import jakarta.persistence.PersistenceException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.persistence.descriptors.ClassDescriptor;
import org.eclipse.persistence.descriptors.SingleTableMultitenantPolicy;
import org.eclipse.persistence.internal.helper.DatabaseField;
import org.eclipse.persistence.sessions.Session;
import org.eclipse.persistence.sessions.SessionEventAdapter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real persistence unit, outside of a server, with one thing wrong at a time. */
@DatabaseTest
class PersistenceUnitFindingsTest {

    private static final Set<String> TABLES =
            Set.of("database_servers", "databases", "documents", "jobs", "api_keys", "realm_events");

    @Test
    void nothingIsWrongWithTheUnitAsItIs() throws Exception {
        assertThat(findings(Map.of(), TABLES)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "eclipselink.jdbc.allow-native-sql-queries, true, native-sql",
        "eclipselink.multitenant.tenants-share-cache, true, shared-cache",
        "eclipselink.session-event-listener, dev.realms.realm.isolation.probe.PersistenceUnitFindingsTest$AnotherListener, realm-binding"
    })
    void namesTheProperty(String property, String value, String name) throws Exception {
        assertThat(findings(Map.of(property, value), TABLES))
                .extracting(IsolationFinding::name)
                .contains(name);
    }

    @Test
    void namesEveryEntityOfTheSharedCache() throws Exception {
        assertThat(findings(Map.of("jakarta.persistence.sharedCache.mode", "ALL"), TABLES))
                .extracting(IsolationFinding::name)
                .contains("shared-cache User", "shared-cache Realm", "shared-cache UserSettings");
    }

    @ParameterizedTest
    @ValueSource(classes = {NoPolicy.class, AnotherProperty.class, OutsideOfTheKey.class})
    void namesTheEntityWhoseTenantIsLoose(Class<?> customizer) throws Exception {
        assertThat(findings(Map.of("eclipselink.session.customizer", customizer.getName()), TABLES))
                .singleElement()
                .isEqualTo(
                        new IsolationFinding(
                                "tenant-policy",
                                "Document",
                                "Entity Document has no single-table tenant policy with realm_id, from the property realms.realm-id, in its primary key."));
    }

    @Test
    void namesTheEntityThatOnlyItsTableGivesAway() throws Exception {
        assertThat(findings(
                        Map.of(),
                        Set.of(
                                "database_servers",
                                "databases",
                                "documents",
                                "jobs",
                                "api_keys",
                                "realm_events",
                                "user_settings")))
                .extracting(IsolationFinding::name)
                .containsExactly("tenant-policy UserSettings");
    }

    @Test
    void namesTheEntityWhoseTableHasLostItsRealm() throws Exception {
        assertThat(findings(Map.of(), Set.of("database_servers", "databases", "documents", "jobs", "realm_events")))
                .extracting(IsolationFinding::name)
                .containsExactly("realm-column ApiKey");
    }

    @Test
    void knowsAnotherProvider() {
        EntityManagerFactory another = (EntityManagerFactory) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {EntityManagerFactory.class},
                (proxy, method, arguments) -> {
                    throw new PersistenceException("Can't unwrap");
                });

        assertThat(PersistenceUnitFindings.of(another, TABLES))
                .extracting(IsolationFinding::sentence)
                .containsExactly("The JPA provider is not EclipseLink.");
    }

    private static List<IsolationFinding> findings(Map<String, ?> wrong, Set<String> tables) throws Exception {
        Map<String, Object> properties = new HashMap<>(Map.of(
                "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                "jakarta.persistence.nonJtaDataSource", FreshDatabases.empty(),
                "jakarta.persistence.jtaDataSource", "",
                "eclipselink.target-server", "None",
                "eclipselink.session-name", "wrong " + wrong));
        properties.putAll(wrong);
        try (EntityManagerFactory unit = Persistence.createEntityManagerFactory("realms", properties)) {
            return PersistenceUnitFindings.of(unit, tables);
        }
    }

    /** Breaks the descriptor of documents; public because EclipseLink makes them. */
    abstract static class Breaking extends ColumnCustomizer {

        @Override
        public void customize(Session session) {
            super.customize(session);
            session.getDescriptors().values().stream()
                    .filter(descriptor ->
                            descriptor.getJavaClass().getSimpleName().equals("Document"))
                    .forEach(this::change);
        }

        abstract void change(ClassDescriptor descriptor);
    }

    public static class NoPolicy extends Breaking {
        @Override
        void change(ClassDescriptor descriptor) {
            descriptor.setMultitenantPolicy(null);
        }
    }

    public static class AnotherProperty extends Breaking {
        @Override
        void change(ClassDescriptor descriptor) {
            SingleTableMultitenantPolicy policy = new SingleTableMultitenantPolicy(descriptor);
            policy.addTenantDiscriminatorField("another", new DatabaseField("realm_id"));
            descriptor.setMultitenantPolicy(policy);
        }
    }

    public static class OutsideOfTheKey extends Breaking {
        @Override
        void change(ClassDescriptor descriptor) {
            descriptor.getPrimaryKeyFields().removeIf(field -> field.getName().equals("realm_id"));
            SingleTableMultitenantPolicy policy = new SingleTableMultitenantPolicy(descriptor);
            policy.addTenantDiscriminatorField(RealmScoped.TENANT_PROPERTY, new DatabaseField("realm_id"));
            descriptor.setMultitenantPolicy(policy);
        }
    }

    public static class AnotherListener extends SessionEventAdapter {}
}
