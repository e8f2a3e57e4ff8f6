package dev.realms.migration.move;

import dev.realms.ops.LockedSession;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Connections for whoever takes a data source, none of which can outlive the lease. */
public final class LeasedDataSource implements DataSource {

    private final WorkSessions.Sessions sessions;

    public LeasedDataSource(WorkSessions.Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Connection getConnection() throws SQLException {
        LockedSession session = sessions.open();
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        close(session);
                        return null;
                    }
                    try {
                        return method.invoke(session.connection(), arguments);
                    } catch (InvocationTargetException fault) {
                        throw fault.getCause();
                    }
                });
    }

    private static void close(LockedSession session) throws SQLException {
        if (!session.connection().isClosed()) {
            session.close();
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLException("The user is the owner");
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger(LeasedDataSource.class.getName());
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("It wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
