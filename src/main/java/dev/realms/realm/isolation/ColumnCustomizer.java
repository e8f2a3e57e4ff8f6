package dev.realms.realm.isolation;

import dev.realms.sql.Untyped;
import java.sql.Types;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.persistence.descriptors.ClassDescriptor;
import org.eclipse.persistence.descriptors.SingleTableMultitenantPolicy;
import org.eclipse.persistence.internal.helper.DatabaseField;
import org.eclipse.persistence.mappings.DatabaseMapping;
import org.eclipse.persistence.mappings.converters.Converter;
import org.eclipse.persistence.mappings.foundation.AbstractDirectMapping;
import org.eclipse.persistence.sessions.Session;
import org.eclipse.persistence.sessions.SessionCustomizer;

/**
 * Maps attributes to columns of whichever type the installation has. The ids of rows and users are texts here, and uuid or text there;
 * an {@link Instant} is a time with a time zone or one that holds UTC without; a constant is a text or an enum's. The ids of realms are
 * uuid everywhere, and mapped straight: EclipseLink's own converter throws a NullPointerException when it reads a NULL.
 */
public class ColumnCustomizer implements SessionCustomizer {

    @Override
    public void customize(Session session) {
        for (ClassDescriptor descriptor : session.getDescriptors().values()) {
            descriptor.getMappings().forEach(ColumnCustomizer::fit);
            if (descriptor.getMultitenantPolicy() instanceof SingleTableMultitenantPolicy realm) {
                // The realm's part of the primary key, which is text unless told otherwise.
                realm.getTenantDiscriminatorFields().keySet().forEach(field -> field.setType(UUID.class));
            }
        }
    }

    private static void fit(DatabaseMapping mapping) {
        if (mapping instanceof AbstractDirectMapping direct) {
            Class<?> type = attributeType(direct);
            DatabaseField column = direct.getField();
            String name = column.getName().toLowerCase(Locale.ROOT);
            if (type == UUID.class) {
                direct.setConverter(null);
                column.setType(UUID.class);
            } else if (type == String.class && isId(name)) {
                convert(direct, new IdConverter(direct.getDescriptor().getTableName(), name), Types.OTHER);
            } else if (type == Instant.class) {
                convert(direct, new InstantConverter(), Types.TIMESTAMP);
            } else if (type.isEnum()) {
                convert(direct, new ConstantConverter(type), Types.OTHER);
            }
        }
    }

    private static boolean isId(String column) {
        return column.equals("id") || column.endsWith("_id");
    }

    /** Read as what the driver makes of the column. @param nullType one for which the driver writes a null without a type */
    private static void convert(AbstractDirectMapping mapping, Converter converter, int nullType) {
        mapping.setConverter(converter);
        mapping.getField().setType(Object.class);
        mapping.getField().setSqlType(nullType);
    }

    private static Class<?> attributeType(AbstractDirectMapping mapping) {
        Class<?> entity = mapping.getDescriptor().getJavaClass();
        for (Class<?> type = entity; type != null; type = type.getSuperclass()) {
            try {
                return type.getDeclaredField(mapping.getAttributeName()).getType();
            } catch (NoSuchFieldException e) {
                // Declared further up.
            }
        }
        return Object.class;
    }

    /** Between an attribute and what the driver reads and binds. */
    private abstract static class ColumnConverter implements Converter {

        private static final long serialVersionUID = 1L;

        abstract Object read(Object value);

        abstract Object bound(Object value, Session session);

        @Override
        public Object convertDataValueToObjectValue(Object value, Session session) {
            return value == null ? null : read(value);
        }

        @Override
        public Object convertObjectValueToDataValue(Object value, Session session) {
            return value == null ? null : bound(value, session);
        }

        @Override
        public boolean isMutable() {
            return false;
        }

        @Override
        public void initialize(DatabaseMapping mapping, Session session) {}
    }

    private static final class IdConverter extends ColumnConverter {

        private static final long serialVersionUID = 1L;

        private final String table;
        private final String column;

        IdConverter(String table, String column) {
            this.table = table;
            this.column = column;
        }

        @Override
        Object read(Object id) {
            return id.toString();
        }

        @Override
        Object bound(Object id, Session session) {
            return RealmPlatform.of(session).columns().id(table, column, (String) id, session);
        }
    }

    private static final class InstantConverter extends ColumnConverter {

        private static final long serialVersionUID = 1L;

        /** Read by {@link RealmPlatform}. */
        @Override
        Object read(Object instant) {
            return instant;
        }

        @Override
        Object bound(Object instant, Session session) {
            return Untyped.of((Instant) instant);
        }
    }

    private static final class ConstantConverter extends ColumnConverter {

        private static final long serialVersionUID = 1L;

        private final Class<?> type;

        ConstantConverter(Class<?> type) {
            this.type = type;
        }

        @Override
        Object read(Object name) {
            for (Object constant : type.getEnumConstants()) {
                if (((Enum<?>) constant).name().equals(name)) {
                    return constant;
                }
            }
            throw new IllegalArgumentException("No " + type.getSimpleName() + " has the name " + name);
        }

        @Override
        Object bound(Object constant, Session session) {
            return new Untyped(((Enum<?>) constant).name());
        }
    }
}
