package dev.realms.bench.api;

import dev.realms.apikey.ApiKeyFormat;
import dev.realms.bench.Load;
import dev.realms.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The limit: what the service sends, as the same role and with row-level security, from this process over a pool as large as the
 * service's. The driver prepares the statements in the database.
 */
final class BareDatabase implements AutoCloseable {

    private static final int POOL = 16;

    private final BlockingQueue<Connection> pool = new ArrayBlockingQueue<>(POOL);

    BareDatabase() throws SQLException {
        for (int i = 0; i < POOL; i++) {
            Connection connection = TestDatabase.app();
            connection.setAutoCommit(false);
            pool.add(connection);
        }
    }

    Load.Measured run(Kind kind, List<Place> places, int callers, int seconds) throws Exception {
        return Load.run(callers, Duration.ofSeconds(seconds), caller -> new Act(kind, places, caller)::run);
    }

    private final class Act {

        private final Kind kind;
        private final List<Place> places;
        private int turn;

        Act(Kind kind, List<Place> places, int caller) {
            this.kind = kind;
            this.places = places;
            this.turn = caller;
        }

        void run() throws Exception {
            Place place = places.get(turn++ % places.size());
            Connection connection = pool.take();
            try {
                open(connection, place);
                Statements.run(
                        connection,
                        kind.name(),
                        kind.sql,
                        place.realmId(),
                        place.userId(),
                        place.documentId(),
                        place.createdAt());
                connection.commit();
            } finally {
                pool.add(connection);
            }
        }

        private void open(Connection connection, Place place) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(Statements.OPEN)) {
                statement.setObject(1, place.realmId());
                statement.setObject(2, place.userId());
                statement.setString(3, ApiKeyFormat.hash(place.key()));
                try (ResultSet row = statement.executeQuery()) {
                    if (!row.next() || !"open".equals(row.getString(1))) {
                        throw new IllegalStateException("The realm did not open");
                    }
                }
            }
        }
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : pool) {
            connection.close();
        }
    }
}
