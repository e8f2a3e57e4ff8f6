package dev.realms.user;

import dev.realms.realm.isolation.AdvisoryLocks;
import dev.realms.realm.isolation.LockedRow;
import dev.realms.realm.isolation.RealmGate;
import dev.realms.realm.isolation.Role;
import dev.realms.web.Cursor;
import dev.realms.web.Page;
import dev.realms.web.PageRequest;
import dev.realms.web.Pages;
import dev.realms.web.json.ResourceUpdate;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What administrators do with users. */
@Stateless
public class UserService {

    /** Of the name or the address, each compared as names are; what is searched for is made a key once in a statement. */
    private static final String PART = "SQL('(strpos(realms.name_key(?), (SELECT realms.name_key(?))) > 0"
            + " OR strpos(realms.name_key(?), (SELECT realms.name_key(?))) > 0)', u.name, :part, u.email, :part)";

    @PersistenceContext(unitName = "realms")
    private EntityManager em;

    @Inject
    private AccountService accounts;

    @Inject
    private AdvisoryLocks locks;

    @Inject
    private RealmGate gate;

    /**
     * Newest first; filters that are null let everybody through.
     *
     * @param part of the name or the e-mail address
     */
    public Page<UserView> list(String part, String email, Role role, PageRequest page) {
        return Pages.of(
                find(part, email, role, page),
                page,
                User::view,
                user -> new Cursor.Position(user.createdAt(), user.id()));
    }

    /** @throws DomainException {@code not-found} */
    public UserView get(String id) {
        return find(id, LockModeType.NONE).view();
    }

    /** @throws DomainException {@code email-taken} */
    public UserView create(CreateUser input) {
        return accounts.create(input.name(), input.email(), input.avatar(), input.role())
                .view();
    }

    /** @throws DomainException {@code not-found}, {@code stale}, {@code email-taken}, {@code own-account}, {@code last-admin} */
    public UserView update(String self, String id, ResourceUpdate<UpdateUser> update, String ifMatch) {
        return locked(self, id).change(ifMatch, user -> {
            UpdateUser input = update.of(user.view());
            if (user.role() == Role.ADMIN && input.role() != Role.ADMIN) {
                requireAnotherAdmin(self, user.id());
            }
            if (!Emails.key(input.email()).equals(Emails.key(user.email()))) {
                accounts.claim(input.email());
            }
            user.change(input);
        });
    }

    /** @throws DomainException {@code not-found}, {@code stale}, {@code own-account}, {@code last-admin} */
    public void delete(String self, String id, String ifMatch) {
        locked(self, id).remove(ifMatch, user -> {
            if (user.role() == Role.ADMIN) {
                requireAnotherAdmin(self, user.id());
            }
        });
    }

    private List<User> find(String part, String email, Role role, PageRequest page) {
        List<String> conditions = new ArrayList<>();
        Map<String, Object> values = new HashMap<>();
        if (part != null) {
            conditions.add(PART);
            values.put("part", part);
        }
        if (email != null) {
            conditions.add("FUNCTION('realms_doors.email_key', u.email) = :email");
            values.put("email", Emails.key(email));
        }
        if (role != null) {
            conditions.add("u.role = :role");
            values.put("role", role);
        }
        page.after().ifPresent(last -> {
            conditions.add("(u.createdAt < :at OR u.createdAt = :at AND u.id < :id)");
            values.putAll(Map.of("at", last.createdAt(), "id", last.id()));
        });
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        TypedQuery<User> query =
                em.createQuery("SELECT u FROM User u" + where + " ORDER BY u.createdAt DESC, u.id DESC", User.class);
        values.forEach(query::setParameter);
        return query.setMaxResults(page.limit() + 1).getResultList();
    }

    private void requireAnotherAdmin(String self, String id) {
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

    private LockedRow<User, UserView> locked(String self, String id) {
        // Nobody waits for long who has entered.
        gate.enter(self);
        return new LockedRow<>(em, find(id, LockModeType.PESSIMISTIC_WRITE), User::view);
    }

    private User find(String id, LockModeType lock) {
        User user = em.find(User.class, id, lock);
        if (user == null) {
            throw new DomainException(ProblemType.NOT_FOUND, "No such user.");
        }
        return user;
    }
}
