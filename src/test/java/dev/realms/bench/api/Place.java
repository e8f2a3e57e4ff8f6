package dev.realms.bench.api;

import dev.realms.apikey.ApiKeyFormat;
import dev.realms.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A realm, a key that opens it, and a document in it. In the big realm that document is deep in the list, and the cursor leads on from
 * there.
 */
record Place(
        UUID realmId, UUID userId, String key, UUID documentId, Timestamp createdAt, boolean isBig, String cursor) {

    static final String BIG_USER = "big@example.com";
    static final int BIG = 100_000;
    private static final int MANY = 64;

    private static final String PLACES = """
            SELECT r.id, r.user_id, d.id, d.created_at FROM realms.users AS u JOIN realms.realms AS r ON r.user_id = u.id AND r.is_default
            CROSS JOIN LATERAL (
              SELECT id, created_at FROM realms.documents WHERE realm_id = r.id ORDER BY created_at DESC, id DESC OFFSET ? LIMIT 1) AS d
            WHERE (u.email = ?) = ? AND u.role = 'USER' ORDER BY u.id LIMIT ?""";
    private static final String KEY = """
            INSERT INTO realms.api_keys (id, name, key, prefix, user_id, realm_id) VALUES (gen_random_uuid(), 'bench', ?, ?, ?, ?)""";

    /** A pre-realm user with a document and a job, a hundred thousand times. */
    static void makeBigUser() {
        TestDatabase.asOwner("""
                INSERT INTO realms.users (id, name, email, role) VALUES (md5('big')::uuid, 'Big', '%1$s', 'USER');
                INSERT INTO realms.documents (id, name, type, state, chunks, quality, upload_date, created_at, updated_at, user_id)
                SELECT md5('big-document-' || n)::uuid, 'report-' || n || '.pdf', 'application/pdf', 'INGESTED', 7, 0.5, at, at, at,
                       md5('big')::uuid
                FROM generate_series(1, %2$d) AS n, LATERAL (SELECT timestamptz '2024-01-01 00:00Z' + n * interval '1 minute' AS at) AS t
                ORDER BY md5('order-' || n);
                INSERT INTO realms.jobs (id, document_name, document_type, start_date, end_date, status, percentage, summary, created_at,
                                  updated_at, document_id, user_id)
                SELECT md5('big-job-' || n)::uuid, 'report-' || n || '.pdf', 'application/pdf', at, at + interval '90 s', 'FINISHED', 100,
                       '', at, at, md5('big-document-' || n)::uuid, md5('big')::uuid
                FROM generate_series(1, %2$d) AS n, LATERAL (SELECT timestamptz '2024-01-01 00:00Z' + n * interval '1 minute' AS at) AS t
                """.formatted(BIG_USER, BIG));
    }

    /** Many realms of more than a page, each with a new key, and the big one. */
    static List<Place> all() throws Exception {
        List<Place> places = new ArrayList<>();
        try (Connection owner = TestDatabase.owner()) {
            places.addAll(find(owner, false, 60, MANY));
            places.addAll(find(owner, true, BIG * 9 / 10, 1));
        }
        return places;
    }

    static List<Place> small(List<Place> all) {
        return all.stream().filter(place -> !place.isBig).toList();
    }

    static List<Place> big(List<Place> all) {
        return all.stream().filter(Place::isBig).toList();
    }

    Place with(String cursor) {
        return new Place(realmId, userId, key, documentId, createdAt, isBig, cursor);
    }

    private static List<Place> find(Connection owner, boolean big, int offset, int most) throws Exception {
        List<Place> places = new ArrayList<>();
        try (PreparedStatement query = owner.prepareStatement(PLACES);
                PreparedStatement insert = owner.prepareStatement(KEY)) {
            query.setInt(1, offset);
            query.setString(2, BIG_USER);
            query.setBoolean(3, big);
            query.setInt(4, most);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    String key = ApiKeyFormat.generate();
                    Place place = new Place(
                            row.getObject(1, UUID.class),
                            row.getObject(2, UUID.class),
                            key,
                            row.getObject(3, UUID.class),
                            row.getTimestamp(4),
                            big,
                            null);
                    insert.setString(1, ApiKeyFormat.kept(key));
                    insert.setString(2, ApiKeyFormat.prefix(key));
                    insert.setObject(3, place.userId);
                    insert.setObject(4, place.realmId);
                    insert.executeUpdate();
                    places.add(place);
                }
            }
        }
        return places;
    }
}
