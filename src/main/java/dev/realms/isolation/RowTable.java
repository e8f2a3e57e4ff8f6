package dev.realms.isolation;

import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import org.eclipse.persistence.descriptors.ClassDescriptor;
import org.eclipse.persistence.descriptors.SingleTableMultitenantPolicy;
import org.eclipse.persistence.internal.helper.DatabaseField;
import org.eclipse.persistence.jpa.JpaEntityManagerFactory;
import org.eclipse.persistence.mappings.DatabaseMapping;
import org.eclipse.persistence.sessions.server.ServerSession;

/**
 * Where the rows of an owned entity are, for statements that the ORM does not write: table, columns and the realm's column are those of
 * its mapping.
 */
final class RowTable {

    private final ClassDescriptor entity;
    private final String tenantColumn;

    /** @throws IllegalStateException when the entity has no tenant */
    private RowTable(ClassDescriptor entity) {
        this.entity = entity;
        this.tenantColumn = tenantColumn(entity);
    }

    static RowTable of(EntityManagerFactory unit, Class<?> entity) {
        return new RowTable(session(unit).getDescriptor(entity));
    }

    /** @param entity its JPA name */
    static RowTable of(EntityManagerFactory unit, String entity) {
        return new RowTable(session(unit).getDescriptorForAlias(entity));
    }

    String name() {
        return entity.getTableName();
    }

    /** Holds the realm of each row. */
    String tenantColumn() {
        return tenantColumn;
    }

    /** @param attribute a name of ours, never text of a caller: it becomes part of a statement */
    String column(String attribute) {
        DatabaseMapping mapping = entity.getMappingForAttributeName(attribute);
        if (mapping == null) {
            throw new IllegalArgumentException(entity.getAlias() + " has no attribute " + attribute);
        }
        return mapping.getField().getName();
    }

    private static ServerSession session(EntityManagerFactory unit) {
        return unit.unwrap(JpaEntityManagerFactory.class).getServerSession();
    }

    private static String tenantColumn(ClassDescriptor entity) {
        if (entity.getMultitenantPolicy() instanceof SingleTableMultitenantPolicy realm) {
            List<String> columns = realm.getTenantDiscriminatorFields().keySet().stream()
                    .map(DatabaseField::getName)
                    .toList();
            if (columns.size() == 1) {
                return columns.get(0);
            }
        }
        throw new IllegalStateException(entity.getAlias() + " has no tenant");
    }
}
