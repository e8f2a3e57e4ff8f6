package dev.realms.realm;

import dev.realms.realm.RealmMove.TakenName;
import dev.realms.realm.RealmMove.Torn;
import dev.realms.realm.isolation.OwnedRows;
import dev.realms.realm.isolation.RealmContext;
import dev.realms.realm.isolation.TransactionConnection;
import dev.realms.security.secret.SecretBox;
import dev.realms.security.secret.SecretBox.AssociatedData;
import dev.realms.sql.Untyped;
import dev.realms.web.problem.ConstraintProblems;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Takes rows of the open realm to another realm of its owner, all that is asked for in one transaction. */
@Stateless
public class MoveService {

    private static final String MOVE = "SELECT * FROM realms.move_rows(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    /** A row of the function's answer, by its columns' names. */
    private record Finding(String finding, String kind, String id, String name, String other, long number) {}

    /** A server's, as they will be stored. */
    private record Credentials(String id, String password, String apiKey) {}

    @PersistenceContext(unitName = "realms")
    private EntityManager em;

    @Inject
    private OwnedRows rows;

    @Inject
    private RealmContext realm;

    @Inject
    private TransactionConnection transaction;

    @Inject
    private SecretBox secrets;

    /** @throws DomainException {@code validation}, {@code realm-not-found}, {@code torn-reference}, {@code name-taken}; then nothing is moved */
    public RealmMove move(MoveRows input) {
        requireSense(input);
        List<Credentials> servers = lockServers(input);
        requireAll("servers", "server", input.servers(), servers.stream().map(Credentials::id));
        List<String> databases = found("databases", "Database", input.databases());
        List<String> documents = found("documents", "Document", input.documents());
        List<Finding> findings = ConstraintProblems.explain(() -> transaction.list(
                MoveService::finding,
                MOVE,
                input.targetRealmId(),
                input.everything(),
                Untyped.array(servers.stream().map(Credentials::id).toList()),
                servers.stream().map(Credentials::password).toArray(String[]::new),
                servers.stream().map(Credentials::apiKey).toArray(String[]::new),
                Untyped.array(databases),
                Untyped.array(documents),
                new Untyped(input.serverId()),
                input.detach(),
                input.rename(),
                input.dryRun()));
        RealmMove move = view(input, findings);
        if (!input.dryRun()) {
            requireNothingInTheWay(input, move);
        }
        return move;
    }

    private void requireSense(MoveRows input) {
        if (input.targetRealmId().equals(realm.realmId())) {
            throw DomainException.invalid("targetRealmId", "must be another realm");
        }
        if (input.everything() == input.namesRows()) {
            throw DomainException.invalid(
                    "everything", "must be true, or ids of servers, databases or documents must be given, not both");
        }
    }

    /** Nobody changes a server, or gives it a database, until the transaction ends. Its credentials are sealed for the other realm. */
    private List<Credentials> lockServers(MoveRows input) {
        if (input.servers().isEmpty() && !input.everything()) {
            return List.of();
        }
        TypedQuery<Object[]> query = em.createQuery(
                "SELECT r.id, r.password, r.apiKey FROM Server r" + (input.everything() ? "" : " WHERE r.id IN :ids")
                        + " ORDER BY SQL('? FOR UPDATE', r.id)",
                Object[].class);
        if (!input.everything()) {
            query.setParameter("ids", input.servers());
        }
        return ConstraintProblems.explain(query::getResultList).stream()
                .map(row -> credentials(input.targetRealmId(), (String) row[0], (String) row[1], (String) row[2]))
                .toList();
    }

    private Credentials credentials(UUID target, String id, String password, String apiKey) {
        return new Credentials(
                id, sealedFor(target, id, "password", password), sealedFor(target, id, "api_key", apiKey));
    }

    /** What is from before realms stays plain. */
    private String sealedFor(UUID target, String id, String field, String stored) {
        return SecretBox.isSealed(stored)
                ? secrets.seal(
                        secrets.open(stored, AssociatedData.ofField(realm.realmId(), id, field)),
                        AssociatedData.ofField(target, id, field))
                : stored;
    }

    /** As the database writes them. */
    private List<String> found(String field, String entity, List<String> ids) {
        List<String> found = rows.lock(entity, "id", ids.toArray(String[]::new));
        requireAll(field, entity.toLowerCase(Locale.ROOT), ids, found.stream());
        return found;
    }

    private static void requireAll(String field, String kind, List<String> ids, Stream<String> found) {
        Set<String> there = found.map(MoveService::folded).collect(Collectors.toSet());
        for (int i = 0; i < ids.size(); i++) {
            if (!there.contains(folded(ids.get(i)))) {
                throw DomainException.invalid(field + "[" + i + "]", "names no " + kind + " of this realm");
            }
        }
    }

    private static String folded(String id) {
        return id.toLowerCase(Locale.ROOT);
    }

    private static Finding finding(ResultSet row) throws SQLException {
        return new Finding(
                row.getString("finding"),
                row.getString("kind"),
                row.getString("id"),
                row.getString("name"),
                row.getString("other"),
                row.getLong("number"));
    }

    private static RealmMove view(MoveRows input, List<Finding> findings) {
        Map<String, Long> moved = findings.stream()
                .filter(finding -> finding.finding().equals("moved"))
                .collect(Collectors.toMap(Finding::kind, Finding::number));
        return new RealmMove(
                input.targetRealmId(),
                input.dryRun(),
                new RowCounts(moved.get("server"), moved.get("database"), moved.get("document"), moved.get("job")),
                findings.stream()
                        .filter(finding -> finding.finding().equals("torn"))
                        .map(torn -> new Torn(torn.kind(), torn.id(), torn.name(), torn.other()))
                        .toList(),
                findings.stream()
                        .filter(finding -> finding.finding().equals("taken"))
                        .map(taken -> new TakenName(taken.id(), taken.name(), taken.other()))
                        .toList());
    }

    private static void requireNothingInTheWay(MoveRows input, RealmMove move) {
        for (Torn torn : move.torn()) {
            boolean isDatabase = torn.kind().equals("database");
            if (isDatabase ? input.serverId() == null : !input.detach()) {
                throw new DomainException(
                        ProblemType.TORN_REFERENCE,
                        "The %s \"%s\" (%s) belongs to a %s that stays: %s."
                                .formatted(
                                        torn.kind(),
                                        torn.name(),
                                        torn.id(),
                                        isDatabase ? "server" : "database",
                                        isDatabase
                                                ? "move the server, or name a serverId of the other realm"
                                                : "move the database, or detach"));
            }
        }
        if (!input.rename() && !move.taken().isEmpty()) {
            throw new DomainException(
                    ProblemType.NAME_TAKEN,
                    "The other realm has databases of these names: %s. Rename them, or ask for rename."
                            .formatted(move.taken().stream()
                                    .map(taken -> '"' + taken.name() + '"')
                                    .limit(10)
                                    .collect(Collectors.joining(", "))));
        }
    }
}
