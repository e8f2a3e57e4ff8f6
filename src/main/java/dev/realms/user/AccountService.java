package dev.realms.user;

import dev.realms.realm.RealmService;
import dev.realms.realm.isolation.AdvisoryLocks;
import dev.realms.realm.isolation.RealmGate;
import dev.realms.realm.isolation.Role;
import dev.realms.realm.isolation.TransactionConnection;
import dev.realms.sql.Untyped;
import dev.realms.user.SignIn.TokenSubject;
import dev.realms.web.problem.ConstraintProblems;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;

/** Finds users by e-mail and makes them, with all that a user has from the first moment on. */
@Stateless
public class AccountService {

    @PersistenceContext(unitName = "realms")
    private EntityManager em;

    @Inject
    private AdvisoryLocks locks;

    @Inject
    private RealmService realms;

    @Inject
    private RealmGate gate;

    @Inject
    private TransactionConnection transaction;

    /** Whoever has this e-mail address; of two from before it was unique whatever its case, the one who writes it like this. */
    public Optional<User> find(String email) {
        return find("SELECT u FROM User u WHERE u.email = :email", email)
                .or(() -> find(
                        "SELECT u FROM User u WHERE FUNCTION('realms_doors.email_key', u.email) = :email"
                                + " ORDER BY u.createdAt, u.id",
                        Emails.key(email)));
    }

    /**
     * Makes the user, the settings and the default realm in one transaction.
     *
     * @param avatar may be null
     * @throws DomainException {@code email-taken}
     */
    public User create(String name, String email, String avatar, Role role) {
        claim(email);
        User user = new User(name, email, avatar, role);
        gate.enter(user.id());
        em.persist(user);
        em.persist(new UserSettings(user.id()));
        ConstraintProblems.flush(em);
        realms.createDefault(user.id());
        return user;
    }

    /** The same, unless somebody has the address: of two at once the second finds the user of the first. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public User findOrCreate(String name, String email, Role role) {
        locks.take(AdvisoryLocks.Kind.EMAIL, Emails.key(email));
        return find(email).orElseGet(() -> create(name, email, null, role));
    }

    /** The same for a person who signs in for the first time and is bound to the user from then on. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public User create(TokenSubject person, String email) {
        User user = create(person.name(), email, null, Role.USER);
        transaction.call(
                "SELECT realms_doors.bind_person(?, ?, ?)", person.issuer(), person.subject(), new Untyped(user.id()));
        return user;
    }

    /**
     * Makes sure that nobody has this address, nor gets it before the transaction ends.
     *
     * @throws DomainException {@code email-taken}
     */
    public void claim(String email) {
        locks.take(AdvisoryLocks.Kind.EMAIL, Emails.key(email));
        if (find(email).isPresent()) {
            throw new DomainException(ProblemType.EMAIL_TAKEN, "Another user has this e-mail address.");
        }
    }

    private Optional<User> find(String query, String email) {
        return em.createQuery(query, User.class)
                .setParameter("email", email)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }
}
