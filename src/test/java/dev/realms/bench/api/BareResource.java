package dev.realms.bench.api;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** What the stack costs: the same query and the same amount of JSON, with no realm, nobody signed in, no ORM and no transaction. */
@Path("/{kind}/{realm}/{document}")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class BareResource {

    private static final Map<String, String> SQL = Map.of(
            "LIST", Statements.LIST,
            "BIG_LIST", Statements.LIST,
            "BIG_PAGE", Statements.PAGE,
            "GET", Statements.GET,
            "POST", Statements.INSERT,
            "STATS", Statements.STATS,
            "BIG_STATS", Statements.STATS);

    private record Facts(UUID user, Timestamp createdAt) {}

    private final Map<UUID, Facts> known = new ConcurrentHashMap<>();

    /** The owner's, whom row-level security does not bind. */
    @Resource(lookup = "java:comp/env/jdbc/realms-owner")
    private DataSource database;

    @GET
    public String get(
            @PathParam("kind") String kind, @PathParam("realm") UUID realm, @PathParam("document") UUID document)
            throws SQLException {
        return run(kind, realm, document);
    }

    @POST
    public Response post(
            @PathParam("kind") String kind,
            @PathParam("realm") UUID realm,
            @PathParam("document") UUID document,
            String body)
            throws SQLException {
        return Response.status(201).entity(run(kind, realm, document)).build();
    }

    private String run(String kind, UUID realm, UUID document) throws SQLException {
        try (Connection connection = database.getConnection()) {
            Facts facts = facts(connection, realm, document);
            return Statements.run(connection, kind, SQL.get(kind), realm, facts.user(), document, facts.createdAt());
        }
    }

    /** Asked for once. */
    private Facts facts(Connection connection, UUID realm, UUID document) throws SQLException {
        Facts facts = known.get(document);
        if (facts == null) {
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT user_id, created_at FROM realms.documents WHERE realm_id = ? AND id = ?")) {
                query.setObject(1, realm);
                query.setObject(2, document);
                try (ResultSet row = query.executeQuery()) {
                    row.next();
                    facts = new Facts(row.getObject(1, UUID.class), row.getTimestamp(2));
                    known.put(document, facts);
                }
            }
        }
        return facts;
    }
}
