package dev.realms.realm.isolation;

import dev.realms.realm.isolation.ColumnTypes.NoSuchId;
import dev.realms.realm.isolation.ColumnTypes.TypedArray;
import dev.realms.sql.Sql;
import dev.realms.sql.Untyped;
import dev.realms.web.problem.StaleConnection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.UUID;
import org.eclipse.persistence.internal.databaseaccess.DatabaseAccessor;
import org.eclipse.persistence.internal.databaseaccess.DatabaseCall;
import org.eclipse.persistence.internal.sessions.AbstractSession;
import org.eclipse.persistence.platform.database.PostgreSQLPlatform;
import org.eclipse.persistence.sessions.Session;

/**
 * PostgreSQL, where a statement may come with the one that opens its realm. A SELECT that does has no parameter without a type: of what
 * has none the driver asks the database, and from then on lets no statement with long results travel behind another one. Other
 * statements have some, see {@link Untyped}.
 */
public class RealmPlatform extends PostgreSQLPlatform {

    private final transient ColumnTypes columns = new ColumnTypes();

    static RealmPlatform of(Session session) {
        return (RealmPlatform) session.getDatasourcePlatform();
    }

    ColumnTypes columns() {
        return columns;
    }

    /** Tells the driver that a null id is a uuid and not text, which PostgreSQL would refuse to convert. */
    @Override
    public int getJDBCType(Class<?> javaType) {
        return javaType == UUID.class ? Types.OTHER : super.getJDBCType(javaType);
    }

    @Override
    public void setParameterValueInDatabaseCall(
            Object parameter, PreparedStatement statement, int index, AbstractSession session) throws SQLException {
        Object value = parameter instanceof ColumnValue typed ? columns.value(typed, session) : parameter;
        if (value instanceof Untyped untyped) {
            untyped.bind(statement, index);
        } else if (value instanceof NoSuchId none) {
            statement.setNull(index, Types.OTHER, none.type());
        } else if (value instanceof TypedArray array) {
            statement.setArray(
                    index,
                    statement
                            .getConnection()
                            .createArrayOf(array.type(), array.values().toArray()));
        } else if (parameter instanceof ColumnValue) {
            statement.setObject(index, value);
        } else {
            super.setParameterValueInDatabaseCall(parameter, statement, index, session);
        }
    }

    /** Times are moments here, whatever the time zone of this virtual machine, and whether their column has one. */
    @Override
    public Object getObjectFromResultSet(ResultSet rows, int column, int type, AbstractSession session)
            throws SQLException {
        return type == Types.TIMESTAMP
                ? Sql.instant(rows, column)
                : super.getObjectFromResultSet(rows, column, type, session);
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
