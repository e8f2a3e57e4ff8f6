package dev.realms.web.idempotency;

import dev.realms.security.secret.SecretBox.AssociatedData;
import dev.realms.sql.Sql;
import dev.realms.sql.Untyped;
import dev.realms.web.json.RecordJson;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Supplier;

/**
 * A table of the requests of the last 24 hours that carried a key, with their first answers. Uses plain JDBC in the caller's
 * transaction: the insert that finds the key taken waits for the transaction that took it.
 */
public final class IdempotencyStore {

    /**
     * Who asked for what under which key.
     *
     * @param path names the act, the realm and the row, not the URL
     * @param hash of the body
     * @param prefix of the paths that the answer names; the next one who asks may have another
     */
    public record Request(String userId, String path, String key, String hash, String prefix) {

        private AssociatedData associated(String what) {
            return new AssociatedData("idempotent|" + userId + "|" + path + "|" + key + what);
        }
    }

    /** How hashes and answers are kept, which may tell secrets. */
    interface Seal {

        String seal(String text, AssociatedData associated);

        /** The text that was sealed. */
        String open(String sealed, AssociatedData associated);
    }

    private static final String CLAIM = """
            INSERT INTO %1$s AS r (%2$s, path, key, request_hash) VALUES (?, ?, ?, ?)
            ON CONFLICT (%2$s, path, key) DO UPDATE SET request_hash = excluded.request_hash, created_at = excluded.created_at,
              status = NULL, location = NULL, etag = NULL, body = NULL
              WHERE r.created_at < now() - interval '24 hours'""";

    private static final String OF_REQUEST = " WHERE %2$s = ? AND path = ? AND key = ?";
    private static final String REMEMBER = "UPDATE %1$s SET status = ?, location = ?, etag = ?, body = ?" + OF_REQUEST;
    private static final String FIND = "SELECT request_hash, status, location, etag, body FROM %1$s" + OF_REQUEST;

    private final String table;
    private final String userColumn;
    private final Seal seal;

    /** @param userColumn of the table, with the id of the user who asked */
    IdempotencyStore(String table, String userColumn, Seal seal) {
        this.table = table;
        this.userColumn = userColumn;
        this.seal = seal;
    }

    /**
     * Acts, or gives the answer of the first request with this key.
     *
     * @throws DomainException {@code idempotency-key-reused}
     */
    Response once(Connection connection, Request request, Supplier<Response> act) throws SQLException {
        if (!claim(connection, request)) {
            return firstAnswer(connection, request);
        }
        Response answer = act.get();
        remember(connection, request, answer);
        return answer;
    }

    private boolean claim(Connection connection, Request request) throws SQLException {
        byte[] hash = seal.seal(request.hash(), request.associated("|request")).getBytes(StandardCharsets.US_ASCII);
        return Sql.update(
                        connection,
                        CLAIM.formatted(table, userColumn),
                        new Untyped(request.userId()),
                        request.path(),
                        request.key(),
                        hash)
                == 1;
    }

    private void remember(Connection connection, Request request, Response answer) throws SQLException {
        EntityTag tag = answer.getEntityTag();
        String location = answer.getHeaderString(HttpHeaders.LOCATION);
        String text = text(answer);
        Sql.update(
                connection,
                REMEMBER.formatted(table, userColumn),
                answer.getStatus(),
                location == null ? null : location.substring(request.prefix().length()),
                tag == null ? null : tag.getValue(),
                text == null ? null : seal.seal(text, request.associated("")),
                new Untyped(request.userId()),
                request.path(),
                request.key());
    }

    private Response firstAnswer(Connection connection, Request request) throws SQLException {
        return Sql.first(
                        connection,
                        row -> answer(request, row),
                        FIND.formatted(table, userColumn),
                        new Untyped(request.userId()),
                        request.path(),
                        request.key())
                .orElseThrow();
    }

    private Response answer(Request request, ResultSet row) throws SQLException {
        String sealed = new String(row.getBytes("request_hash"), StandardCharsets.US_ASCII);
        byte[] first = seal.open(sealed, request.associated("|request")).getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(first, request.hash().getBytes(StandardCharsets.US_ASCII))) {
            throw new DomainException(
                    ProblemType.IDEMPOTENCY_KEY_REUSED, "This Idempotency-Key came with another request before.");
        }
        String location = row.getString("location");
        String etag = row.getString("etag");
        String body = row.getString("body");
        Response.ResponseBuilder answer = Response.status(row.getInt("status"))
                .header(HttpHeaders.LOCATION, location == null ? null : request.prefix() + location)
                .tag(etag == null ? null : new EntityTag(etag));
        return body == null
                ? answer.build()
                : answer.type(MediaType.APPLICATION_JSON_TYPE)
                        .entity(seal.open(body, request.associated("")).getBytes(StandardCharsets.UTF_8))
                        .build();
    }

    /** What is sent as this answer; null when it has no body. */
    private static String text(Response answer) {
        return answer.getEntity() instanceof Record view
                ? RecordJson.text(view)
                : answer.getEntity() instanceof byte[] text ? new String(text, StandardCharsets.UTF_8) : null;
    }
}
