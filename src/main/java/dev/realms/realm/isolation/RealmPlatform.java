package dev.realms.realm.isolation;

import dev.realms.web.problem.StaleConnection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
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
     * A time that a query asks for goes with its type. Of what has none the driver asks the database, and from then on lets no statement
     * with long results travel behind another one. Times of entities are written as they are read, as {@code Timestamp}: of those before
     * 1582 the driver's calendar has other days.
     */
    @Override
    public void setParameterValueInDatabaseCall(
            Object parameter, PreparedStatement statement, int index, AbstractSession session) throws SQLException {
        if (parameter instanceof OffsetDateTime) {
            statement.setObject(index, parameter);
        } else {
            super.setParameterValueInDatabaseCall(parameter, statement, index, session);
        }
    }

    /** Of calls that {@link RealmBinding} lets open the realm, and of no others: nobody calls procedures through the ORM. */
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

    /** Whoever asked asks again, of another connection: {@code RequestRetry} does that for all kinds of statements. */
    @Override
    public boolean wasFailureCommunicationBased(SQLException fault, Connection connection, AbstractSession session) {
        return false;
    }
}
