package dev.realms.realm;

import dev.realms.isolation.InRealm;
import dev.realms.isolation.RealmContext;
import dev.realms.isolation.RealmReader;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Counts what the open realm holds: one statement, hence one snapshot. */
@Stateless
@InRealm
public class RealmStatsService {

    /** All rows of a realm have its owner for their user; named, too, they are found in the smallest index. */
    private static final String COUNTS = """
            SELECT (SELECT count(*) FROM databases WHERE realm_id = r.id AND user_id = r.owner),
              (SELECT count(*) FROM documents WHERE realm_id = r.id AND user_id = r.owner),
              (SELECT count(*) FROM api_keys WHERE realm_id = r.id AND user_id = r.owner),
              (SELECT count(*) FROM database_servers WHERE realm_id = r.id AND user_id = r.owner),
              (SELECT count(*) FROM jobs WHERE realm_id = r.id AND user_id = r.owner)
            FROM (SELECT ?::uuid AS id, ?::uuid AS owner) AS r""";

    @Inject
    private RealmReader reader;

    @Inject
    private RealmContext realm;

    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public RealmStats get() {
        return reader.read(COUNTS, List.of(realm.ownerId()), RealmStatsService::stats);
    }

    private static RealmStats stats(ResultSet counts) throws SQLException {
        counts.next();
        return new RealmStats(
                counts.getLong(1), counts.getLong(2), counts.getLong(3), counts.getLong(4), counts.getLong(5));
    }
}
