package dev.realms.web.idempotency;

import dev.realms.ops.DatabaseFault;
import dev.realms.ops.OwnerDatabase;
import dev.realms.ops.Transactions;
import dev.realms.sql.SqlStates;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Supplier;

/**
 * The operators' acts of the last 24 hours that carried a key, with their answers. An act has transactions of its own: should the
 * server go away between its end and the answer's, the key is free again, and the state refuses what has been done.
 */
@ApplicationScoped
class IdempotentActs {

    private static final String CLAIM = """
            INSERT INTO migration.idempotent_acts AS a (actor, path, key, request_hash) VALUES (?, ?, ?, ?)
            ON CONFLICT (actor, path, key) DO UPDATE SET request_hash = excluded.request_hash, created_at = excluded.created_at,
              status = NULL, etag = NULL, body = NULL WHERE a.created_at < now() - interval '24 hours'""";

    private static final String FORGET =
            "DELETE FROM migration.idempotent_acts WHERE created_at < now() - interval '24 hours'";

    private static final String OF_REQUEST = " WHERE actor = ? AND path = ? AND key = ?";

    @Inject
    private OwnerDatabase database;

    /**
     * @param act makes the answer
     * @throws DomainException {@code idempotency-key-reused}; {@code unavailable} while the first of these requests is at work
     */
    Response once(IdempotentRequest request, Supplier<Response> act) {
        try {
            return database.ask(connection -> Transactions.run(
                    connection,
                    transaction -> claim(transaction, request)
                            ? remembered(transaction, request, act.get())
                            : firstAnswer(transaction, request)));
        } catch (DatabaseFault fault) {
            if (SqlStates.of(fault).contains(SqlStates.LOCK_NOT_AVAILABLE)) {
                throw new DomainException(
                        ProblemType.UNAVAILABLE, "The first request with this Idempotency-Key is still at work.");
            }
            throw fault;
        }
    }

    private static boolean claim(Connection connection, IdempotentRequest request) throws SQLException {
        try (PreparedStatement forget = connection.prepareStatement(FORGET);
                PreparedStatement claim = connection.prepareStatement(CLAIM)) {
            forget.executeUpdate();
            identify(claim, 1, request);
            claim.setBytes(4, request.hash());
            return claim.executeUpdate() == 1;
        }
    }

    private static Response remembered(Connection connection, IdempotentRequest request, Response answer)
            throws SQLException {
        EntityTag tag = answer.getEntityTag();
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE migration.idempotent_acts SET status = ?, etag = ?, body = ?" + OF_REQUEST)) {
            update.setInt(1, answer.getStatus());
            update.setString(2, tag == null ? null : tag.getValue());
            update.setString(3, IdempotentRequest.text(answer));
            identify(update, 4, request);
            update.executeUpdate();
        }
        return answer;
    }

    private static Response firstAnswer(Connection connection, IdempotentRequest request) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT request_hash, status, etag, body FROM migration.idempotent_acts" + OF_REQUEST)) {
            identify(select, 1, request);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                request.requireHash(row.getBytes("request_hash"));
                String etag = row.getString("etag");
                return Response.status(row.getInt("status"))
                        .tag(etag == null ? null : new EntityTag(etag))
                        .type(MediaType.APPLICATION_JSON_TYPE)
                        .entity(row.getString("body").getBytes(StandardCharsets.UTF_8))
                        .build();
            }
        }
    }

    private static void identify(PreparedStatement statement, int at, IdempotentRequest request) throws SQLException {
        statement.setString(at, request.userId().toString());
        statement.setString(at + 1, request.path());
        statement.setString(at + 2, request.key());
    }
}
