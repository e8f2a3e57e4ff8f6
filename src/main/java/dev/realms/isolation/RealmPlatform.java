package dev.realms.isolation;

import dev.realms.problem.StaleConnection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.UUID;
import org.eclipse.persistence.internal.databaseaccess.DatabaseAccessor;
import org.eclipse.persistence.internal.databaseaccess.DatabaseCall;
import org.eclipse.persistence.internal.sessions.AbstractSession;
import org.eclipse.persistence.platform.database.PostgreSQLPlatform;

/** PostgreSQL, where ids are uuids and a statement may come with the one that opens its realm. */
public class RealmPlatform extends PostgreSQLPlatform {

    /** Tells the driver that a null id is a uuid and not text, which PostgreSQL would refuse to convert. */
    @Override
    public int getJDBCType(Class<?> javaType) {
        return javaType == UUID.class ? Types.OTHER : super.getJDBCType(javaType);
    }

    /**
     * Times go with their type. Of what has none the driver asks the database, and from then on lets no statement with long results
     * travel behind another one.
     */
    @Override
    public void setParameterValueInDatabaseCall(
            Object parameter, PreparedStatement statement, int index, AbstractSession session) throws SQLException {
        if (parameter instanceof Timestamp time) {
            statement.setObject(index, time.toInstant().atOffset(ZoneOffset.UTC));
        } else {
            super.setParameterValueInDatabaseCall(parameter, statement, index, session);
        }
    }

    /** Of calls that {@link Opening} precedes, and of no others: nobody calls procedures through the ORM. */
    @Override
    public Object executeStoredProcedure(
            DatabaseCall call, PreparedStatement statement, DatabaseAccessor accessor, AbstractSession session)
            throws SQLException {
        try {
            statement.execute();
            statement.getMoreResults();
            ResultSet rows = statement.getResultSet();
            if (rows == null) {
                return statement.getUpdateCount();
            }
            call.matchFieldOrder(rows, accessor, session);
            return accessor.processResultSet(rows, call, statement, session);
        } catch (SQLException e) {
            throw StaleConnection.in(e);
        }
    }

    /** Whoever asked asks again, of another connection: {@code retry} does that for all kinds of statements. */
    @Override
    public boolean wasFailureCommunicationBased(SQLException fault, Connection connection, AbstractSession session) {
        return false;
    }
}
