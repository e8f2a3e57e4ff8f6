package dev.realms.web.idempotency;

import dev.realms.realm.isolation.RealmGate;
import dev.realms.realm.isolation.TransactionConnection;
import dev.realms.security.secret.SecretBox;
import dev.realms.security.secret.SecretBox.AssociatedData;
import dev.realms.sql.Sql;
import dev.realms.web.problem.DomainException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;

/** Users' requests: the claim, the act and the answer are one transaction. Both hash and answer are sealed, by whichever key is active. */
@Stateless
public class IdempotentRequests {

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
    public Response once(IdempotencyStore.Request request, Supplier<Response> act) {
        gate.enter(request.userId());
        Connection connection = transaction.get();
        try {
            IdempotencyStore answers = new IdempotencyStore("realms.idempotent_requests", "user_id", seal());
            Response first = answers.once(connection, request, () -> {
                Response answer = act.get();
                // An act that makes a user has entered in the new one's name.
                gate.enter(request.userId());
                return answer;
            });
            // Last: who claims an old key of these waits for it, and must not be waited for.
            Sql.execute(connection, "SELECT realms.forget_idempotent_requests()");
            return first;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private IdempotencyStore.Seal seal() {
        return new IdempotencyStore.Seal() {
            @Override
            public String seal(String text, AssociatedData associated) {
                return secrets.seal(text, associated);
            }

            @Override
            public String open(String sealed, AssociatedData associated) {
                return secrets.open(sealed, associated);
            }
        };
    }
}
