package dev.realms.web.idempotency;

import dev.realms.ops.DatabaseFault;
import dev.realms.ops.OwnerDatabase;
import dev.realms.ops.Transactions;
import dev.realms.security.secret.SecretBox.AssociatedData;
import dev.realms.sql.Sql;
import dev.realms.sql.SqlStates;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;

/**
 * Operators' acts. An act has transactions of its own: should the server go away between its end and the answer's, the key is free
 * again, and the state refuses what has been done. Their table lies where a rollback leaves it; neither hash nor answer tells a secret.
 */
@ApplicationScoped
class IdempotentActs {

    private static final IdempotencyStore.Seal PLAIN = new IdempotencyStore.Seal() {
        @Override
        public String seal(String text, AssociatedData associated) {
            return text;
        }

        @Override
        public String open(String sealed, AssociatedData associated) {
            return sealed;
        }
    };

    private static final String TABLE = "migration.idempotent_acts";

    @Inject
    private OwnerDatabase database;

    /**
     * @param act makes the answer
     * @throws DomainException {@code idempotency-key-reused}; {@code unavailable} while the first of these requests is at work
     */
    Response once(IdempotencyStore.Request request, Supplier<Response> act) {
        try {
            return database.ask(connection -> Transactions.run(connection, transaction -> {
                Sql.execute(transaction, "DELETE FROM " + TABLE + " WHERE created_at < now() - interval '24 hours'");
                return new IdempotencyStore(TABLE, "actor", PLAIN).once(transaction, request, act);
            }));
        } catch (DatabaseFault fault) {
            if (SqlStates.of(fault).contains(SqlStates.LOCK_NOT_AVAILABLE)) {
                throw new DomainException(
                        ProblemType.UNAVAILABLE, "The first request with this Idempotency-Key is still at work.");
            }
            throw fault;
        }
    }
}
