package dev.realms.bench.migration;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Connections whose transactions are timed, from where they begin to where their commit has returned: those that prepare something. */
final class Timed implements DataSource {

    private final DataSource database;
    private final LongAccumulator longest = new LongAccumulator(Math::max, 0);
    private final AtomicInteger transactions = new AtomicInteger();

    Timed(DataSource database) {
        this.database = database;
    }

    double longestMilliseconds() {
        return longest.get() / 1e6;
    }

    int transactions() {
        return transactions.get();
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = database.getConnection();
        long[] begun = {0};
        boolean[] prepares = {false};
        return (Connection) Proxy.newProxyInstance(
                Timed.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    String name = method.getName();
                    boolean ends = name.equals("commit");
                    if (name.equals("setAutoCommit") && arguments[0].equals(false)) {
                        begun[0] = System.nanoTime();
                        prepares[0] = false;
                    }
                    prepares[0] |= name.equals("prepareStatement");
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException fault) {
                        throw fault.getCause();
                    } finally {
                        if (ends && prepares[0]) {
                            longest.accumulate(System.nanoTime() - begun[0]);
                            transactions.incrementAndGet();
                        }
                    }
                });
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
        return Logger.getLogger(Timed.class.getName());
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
