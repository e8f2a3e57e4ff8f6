package dev.realms.user;

import dev.realms.realm.isolation.AdvisoryLocks;
import dev.realms.realm.isolation.RealmGate;
import dev.realms.realm.isolation.Role;
import dev.realms.web.Cursor;
import dev.realms.web.ETags;
import dev.realms.web.Page;
import dev.realms.web.PageRequest;
import dev.realms.web.json.Patch;
import dev.realms.web.json.RecordBinder;
import dev.realms.web.problem.ConstraintProblems;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.UUID;

/** What administrators do with users. */
@Stateless
public class UserService {

    @PersistenceContext(unitName = "realms")
    private EntityManager em;

    @Inject
    private Accounts accounts;

    @Inject
    private AdvisoryLocks locks;

    @Inject
    private RecordBinder binder;

    @Inject
    private RealmGate gate;

    /** Newest first; filters that are null let everybody through. */
    public Page<UserView> list(String email, Role role, PageRequest page) {
        UserQuery query = new UserQuery(email, role, page);
        return Page.of(query.run(em), page, UserView::of, user -> new Cursor.Position(user.createdAt(), user.id()));
    }

    /** @throws DomainException {@code not-found} */
    public UserView get(UUID id) {
        return UserView.of(find(id, LockModeType.NONE));
    }

    /** @throws DomainException {@code email-taken} */
    public UserView create(CreateUser input) {
        return UserView.of(accounts.create(input.name(), input.email(), input.role()));
    }

    /** @throws DomainException {@code not-found}, {@code stale}, {@code email-taken}, {@code own-account}, {@code last-admin} */
    public UserView patch(UUID self, UUID id, Patch patch, String ifMatch) {
        User user = lock(self, id);
        ETags.requireMatch(ifMatch, UserView.of(user));
        UpdateUser input = patch.applyTo(UpdateUser.of(user), UpdateUser.class, binder);
        if (user.role() == Role.ADMIN && input.role() != Role.ADMIN) {
            requireAnotherAdmin(self, id);
        }
        if (!Emails.key(input.email()).equals(Emails.key(user.email()))) {
            accounts.claim(input.email());
        }
        user.change(input);
        ConstraintProblems.flush(em);
        return UserView.of(user);
    }

    /** @throws DomainException {@code not-found}, {@code stale}, {@code own-account}, {@code last-admin} */
    public void delete(UUID self, UUID id, String ifMatch) {
        User user = lock(self, id);
        ETags.requireMatch(ifMatch, UserView.of(user));
        if (user.role() == Role.ADMIN) {
            requireAnotherAdmin(self, id);
        }
        em.remove(user);
        ConstraintProblems.flush(em);
    }

    private void requireAnotherAdmin(UUID self, UUID id) {
        if (id.equals(self)) {
            throw new DomainException(
                    ProblemType.OWN_ACCOUNT, "Another administrator has to demote or delete your account.");
        }
        // Two that remove each other come one after the other; the second one sees what the first has done.
        locks.take(AdvisoryLocks.Kind.ADMINS, "");
        long others = em.createQuery("SELECT COUNT(u) FROM User u WHERE u.role = :admin AND u.id <> :id", Long.class)
                .setParameter("admin", Role.ADMIN)
                .setParameter("id", id)
                .getSingleResult();
        if (others == 0) {
            throw new DomainException(
                    ProblemType.LAST_ADMIN, "The last administrator can be neither demoted nor deleted.");
        }
    }

    private User lock(UUID self, UUID id) {
        // Nobody waits for long who has entered.
        gate.enter(self);
        return find(id, LockModeType.PESSIMISTIC_WRITE);
    }

    private User find(UUID id, LockModeType lock) {
        User user = em.find(User.class, id, lock);
        if (user == null) {
            throw new DomainException(ProblemType.NOT_FOUND, "No such user.");
        }
        return user;
    }
}
