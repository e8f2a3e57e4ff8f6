package dev.realms.isolation;

import java.sql.Types;
import java.util.UUID;
import org.eclipse.persistence.platform.database.PostgreSQLPlatform;

/** Tells the driver that a null id is a uuid and not text, which PostgreSQL would refuse to convert. */
public class UuidPlatform extends PostgreSQLPlatform {

    @Override
    public int getJDBCType(Class<?> javaType) {
        return javaType == UUID.class ? Types.OTHER : super.getJDBCType(javaType);
    }
}
