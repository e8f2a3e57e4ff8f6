package dev.realms.realm.isolation;

import java.util.UUID;
import org.eclipse.persistence.descriptors.ClassDescriptor;
import org.eclipse.persistence.descriptors.SingleTableMultitenantPolicy;
import org.eclipse.persistence.mappings.DatabaseMapping;
import org.eclipse.persistence.mappings.foundation.AbstractDirectMapping;
import org.eclipse.persistence.sessions.Session;
import org.eclipse.persistence.sessions.SessionCustomizer;

/** Maps ids straight to uuid columns: EclipseLink's own converter throws a NullPointerException when it reads a NULL. */
public class UuidCustomizer implements SessionCustomizer {

    @Override
    public void customize(Session session) {
        for (ClassDescriptor descriptor : session.getDescriptors().values()) {
            descriptor.getMappings().forEach(UuidCustomizer::mapDirectly);
            if (descriptor.getMultitenantPolicy() instanceof SingleTableMultitenantPolicy realm) {
                // The realm's part of the primary key, which is text unless told otherwise.
                realm.getTenantDiscriminatorFields().keySet().forEach(field -> field.setType(UUID.class));
            }
        }
    }

    private static void mapDirectly(DatabaseMapping mapping) {
        if (mapping instanceof AbstractDirectMapping direct && isUuid(direct)) {
            direct.setConverter(null);
            direct.getField().setType(UUID.class);
        }
    }

    private static boolean isUuid(AbstractDirectMapping mapping) {
        Class<?> entity = mapping.getDescriptor().getJavaClass();
        for (Class<?> type = entity; type != null; type = type.getSuperclass()) {
            try {
                return type.getDeclaredField(mapping.getAttributeName()).getType() == UUID.class;
            } catch (NoSuchFieldException e) {
                // Declared further up.
            }
        }
        return false;
    }
}
