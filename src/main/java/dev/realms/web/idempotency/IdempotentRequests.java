package dev.realms.web.idempotency;

import dev.realms.realm.isolation.RealmGate;
import dev.realms.realm.isolation.TransactionConnection;
import dev.realms.security.secret.SecretBox;
import dev.realms.security.secret.SecretBox.AssociatedData;
import dev.realms.web.problem.DomainException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.function.Supplier;

/**
 * The requests of the last 24 hours that carried a key, with their answers. Uses plain JDBC on the transaction's connection: the
 * insert that finds the key taken waits for the transaction that took it.
 */
@Stateless
public class IdempotentRequests {

    private static final String CLAIM = """
            INSERT INTO idempotent_requests AS r (user_id, path, key, request_hash) VALUES (?, ?, ?, ?)
            ON CONFLICT (user_id, path, key) DO UPDATE SET request_hash = excluded.request_hash, created_at = excluded.created_at,
              status = NULL, location = NULL, etag = NULL, body = NULL
              WHERE r.created_at < now() - interval '24 hours'""";

    private static final String OF_REQUEST = " WHERE user_id = ? AND path = ? AND key = ?";

    @Inject
    private TransactionConnection transaction;

    @Inject
    private SecretBox secrets;

    @Inject
    private RealmGate gate;

    /**
     * @param act makes the answer; its services join this transaction
     * @throws DomainException {@code idempotency-key-reused}
     */
    public Response once(IdempotentRequest request, Supplier<Response> act) {
        gate.enter(request.userId());
        if (!claim(request)) {
            return firstAnswer(request);
        }
        Response answer = act.get();
        // An act that makes a user has entered in the new one's name.
        gate.enter(request.userId());
        remember(request, answer);
        return answer;
    }

    private boolean claim(IdempotentRequest request) {
        try (PreparedStatement claim = transaction.get().prepareStatement(CLAIM);
                PreparedStatement forget = transaction.get().prepareStatement("SELECT forget_idempotent_requests()")) {
            identify(claim, 1, request);
            claim.setBytes(4, sealedHash(request));
            boolean claimed = claim.executeUpdate() == 1;
            forget.execute();
            return claimed;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void remember(IdempotentRequest request, Response answer) {
        EntityTag tag = answer.getEntityTag();
        try (PreparedStatement update = transaction
                .get()
                .prepareStatement(
                        "UPDATE idempotent_requests SET status = ?, location = ?, etag = ?, body = ?" + OF_REQUEST)) {
            update.setInt(1, answer.getStatus());
            update.setString(2, answer.getHeaderString(HttpHeaders.LOCATION));
            update.setString(3, tag == null ? null : tag.getValue());
            update.setString(4, sealed(request, answer));
            identify(update, 5, request);
            update.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String sealed(IdempotentRequest request, Response answer) {
        String text = IdempotentRequest.text(answer);
        return text == null ? null : secrets.seal(text, place(request));
    }

    private Response firstAnswer(IdempotentRequest request) {
        try (PreparedStatement select = transaction
                .get()
                .prepareStatement(
                        "SELECT request_hash, status, location, etag, body FROM idempotent_requests" + OF_REQUEST)) {
            identify(select, 1, request);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                request.requireHash(hash(request, row));
                return answer(request, row);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Response answer(IdempotentRequest request, ResultSet row) throws SQLException {
        String location = row.getString("location");
        String etag = row.getString("etag");
        String body = row.getString("body");
        Response.ResponseBuilder answer = Response.status(row.getInt("status"))
                .header(HttpHeaders.LOCATION, location)
                .tag(etag == null ? null : new EntityTag(etag));
        return body == null
                ? answer.build()
                : answer.type(MediaType.APPLICATION_JSON_TYPE)
                        .entity(secrets.open(body, place(request)).getBytes(StandardCharsets.UTF_8))
                        .build();
    }

    /** Sealed, because a body may hold little but a password that could be tried out; opened by whichever key has sealed it. */
    private byte[] sealedHash(IdempotentRequest request) {
        String hash = HexFormat.of().formatHex(request.hash());
        return secrets.seal(hash, hashPlace(request)).getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] hash(IdempotentRequest request, ResultSet row) throws SQLException {
        String sealed = new String(row.getBytes("request_hash"), StandardCharsets.US_ASCII);
        return HexFormat.of().parseHex(secrets.open(sealed, hashPlace(request)));
    }

    private static AssociatedData hashPlace(IdempotentRequest request) {
        return new AssociatedData(place(request).text() + "|request");
    }

    private static AssociatedData place(IdempotentRequest request) {
        return new AssociatedData("idempotent|" + request.userId() + "|" + request.path() + "|" + request.key());
    }

    private static void identify(PreparedStatement statement, int at, IdempotentRequest request) throws SQLException {
        statement.setObject(at, request.userId());
        statement.setString(at + 1, request.path());
        statement.setString(at + 2, request.key());
    }
}
