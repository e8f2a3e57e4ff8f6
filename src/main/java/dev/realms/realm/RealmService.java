package dev.realms.realm;

import dev.realms.realm.isolation.AdvisoryLocks;
import dev.realms.realm.isolation.LockedRow;
import dev.realms.realm.isolation.NameConditions;
import dev.realms.realm.isolation.RealmGate;
import dev.realms.settings.Settings;
import dev.realms.web.Cursor;
import dev.realms.web.Page;
import dev.realms.web.PageRequest;
import dev.realms.web.Pages;
import dev.realms.web.json.Instants;
import dev.realms.web.json.ResourceUpdate;
import dev.realms.web.problem.ConstraintProblems;
import dev.realms.web.problem.DomainException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A user's realms. Every method takes the user whose realms are meant; a realm of anybody else is as absent as one that never
 * was. Writers lock the realm's row first, so that what they checked still holds when they commit.
 */
@Stateless
public class RealmService {

    /** Before all others. */
    private static final UUID NONE = new UUID(0, 0);

    @PersistenceContext(unitName = "realms")
    private EntityManager em;

    @Inject
    private RealmGate gate;

    @Inject
    private AdvisoryLocks locks;

    @Inject
    private Settings settings;

    /** The default realm first, on the first page; then the others by age, wherever the default goes meanwhile. Or all by name. */
    public Page<RealmView> list(String userId, boolean includeInactive, PageRequest page) {
        gate.enterMoved(userId);
        return page.names().sorted()
                ? listByName(userId, includeInactive, page)
                : listByAge(userId, includeInactive, page);
    }

    private Page<RealmView> listByName(String userId, boolean includeInactive, PageRequest page) {
        String place = page.after().isEmpty() ? "" : " AND SQL('(?, ?) > (?, ?)', r.nameKey, r.id, :key, :id)";
        TypedQuery<Realm> query = select(userId, includeInactive, page, place + " ORDER BY r.nameKey, r.id");
        page.after()
                .ifPresent(last -> query.setParameter("key", last.nameKey())
                        .setParameter("id", Cursor.Position.as(UUID::fromString, last.id())));
        return Pages.of(
                query.setMaxResults(page.limit() + 1).getResultList(),
                page,
                Realm::view,
                realm -> realm.position(null));
    }

    private Page<RealmView> listByAge(String userId, boolean includeInactive, PageRequest page) {
        List<Realm> realms = new ArrayList<>();
        Cursor.Position last = page.after().orElseGet(() -> {
            realms.addAll(select(userId, includeInactive, page, " AND r.isDefault = TRUE")
                    .getResultList());
            UUID first = realms.stream().map(Realm::id).findFirst().orElse(NONE);
            return new Cursor.Position(Instant.EPOCH, NONE.toString(), first.toString(), "");
        });
        realms.addAll(othersAfter(last, userId, includeInactive, page, page.limit() + 1 - realms.size()));
        return Pages.of(realms, page, Realm::view, realm -> realm.position(last.ahead()));
    }

    /** @throws DomainException {@code realm-not-found} */
    public RealmView get(String userId, UUID realmId) {
        gate.enterMoved(userId);
        return find(userId, realmId, LockModeType.NONE).map(Realm::view).orElseThrow(RealmGate::noSuchRealm);
    }

    public Optional<RealmView> findActive(String userId, UUID realmId) {
        gate.enterMoved(userId);
        return find(userId, realmId, LockModeType.NONE).filter(Realm::isActive).map(Realm::view);
    }

    public RealmView getDefault(String userId) {
        gate.enterMoved(userId);
        return findDefault(userId, LockModeType.NONE).map(Realm::view).orElseThrow(RealmGate::noSuchRealm);
    }

    /** Whether an active realm has a name, or one that differs from it in case or Unicode form only. */
    public boolean hasNamed(String userId, String name) {
        gate.enterMoved(userId);
        return !em.createQuery(
                        "SELECT r.id FROM Realm r WHERE r.userId = :user AND r.isActive = TRUE"
                                + " AND SQL('? = (SELECT realms.name_key(?))', r.nameKey, :name)",
                        UUID.class)
                .setParameter("user", userId)
                .setParameter("name", name)
                .getResultList()
                .isEmpty();
    }

    /** @throws DomainException {@code realm-name-taken} */
    public RealmView create(String userId, CreateRealm input) {
        gate.enterMoved(userId);
        Realm realm = new Realm(userId, input.name(), input.description());
        em.persist(realm);
        ConstraintProblems.flush(em);
        return realm.view();
    }

    /** For a new user, in the transaction that makes the user. Finds the one that a trigger may have made already. */
    public void createDefault(String userId) {
        gate.enter(userId);
        if (findDefault(userId, LockModeType.NONE).isEmpty()) {
            Realm realm = new Realm(userId, "Default", null);
            realm.becomeDefault();
            em.persist(realm);
            ConstraintProblems.flush(em);
        }
    }

    public RealmView update(String userId, UUID realmId, ResourceUpdate<UpdateRealm> update, String ifMatch) {
        return change(userId, realmId, ifMatch, realm -> {
            UpdateRealm input = update.of(realm.view());
            realm.rename(input.name(), input.description());
            if (Boolean.TRUE.equals(input.isActive())) {
                realm.restore();
            } else if (Boolean.FALSE.equals(input.isActive()) && realm.isActive()) {
                deactivate(realm);
            }
        });
    }

    /**
     * With what it holds, which is removed when the days are over. One that holds nothing is deleted as by {@link #delete}.
     *
     * @param name of the realm: nobody deletes so much by accident
     * @throws DomainException {@code default-realm}, {@code validation} where the name is another one
     */
    public void deleteWithContent(String userId, UUID realmId, String name, String ifMatch) {
        change(userId, realmId, ifMatch, realm -> {
            requireActive(realm);
            if (!realm.isNamed(name)) {
                throw DomainException.invalid(RealmsResource.NAME, "must be the name of the realm, percent-encoded");
            }
            if (gate.holdsRows(realm.id())) {
                realm.deactivate(Instants.now().plus(Duration.ofDays(settings.deletedContentDays())));
            } else {
                realm.deactivate();
            }
        });
    }

    /** @throws DomainException {@code default-realm}, {@code realm-not-empty} */
    public void delete(String userId, UUID realmId, String ifMatch) {
        change(userId, realmId, ifMatch, realm -> {
            requireActive(realm);
            deactivate(realm);
        });
    }

    /**
     * @throws DomainException {@code realm-name-taken} when another realm took the name meanwhile, {@code wrong-state} when what it held is
     *     not kept any longer
     */
    public RealmView restore(String userId, UUID realmId, String ifMatch) {
        return change(userId, realmId, ifMatch, Realm::restore);
    }

    /** Hands the default over in one step: two of these come one after the other. */
    public RealmView makeDefault(String userId, UUID realmId, String ifMatch) {
        gate.enterMoved(userId);
        locks.take(AdvisoryLocks.Kind.DEFAULT_REALM, userId);
        return change(userId, realmId, ifMatch, realm -> {
            requireActive(realm);
            if (!realm.isDefault()) {
                findDefault(userId, LockModeType.PESSIMISTIC_WRITE).ifPresent(Realm::handOverDefault);
                // The unique index allows one default at any time, within the transaction too.
                ConstraintProblems.flush(em);
                realm.becomeDefault();
            }
        });
    }

    private RealmView change(String userId, UUID realmId, String ifMatch, Consumer<Realm> change) {
        gate.enterMoved(userId);
        Realm realm = find(userId, realmId, LockModeType.PESSIMISTIC_WRITE).orElseThrow(RealmGate::noSuchRealm);
        return new LockedRow<>(em, realm, Realm::view).change(ifMatch, change);
    }

    private static void requireActive(Realm realm) {
        if (!realm.isActive()) {
            throw RealmGate.noSuchRealm();
        }
    }

    private void deactivate(Realm realm) {
        realm.deactivate();
        if (gate.holdsRows(realm.id())) {
            throw RealmGate.notEmpty();
        }
    }

    /** By age, read from the index, however many there are. */
    private List<Realm> othersAfter(
            Cursor.Position last, String userId, boolean includeInactive, PageRequest page, int most) {
        String place = " AND r.id <> :ahead AND r.createdAt >= :at AND (r.createdAt > :at OR r.id > :id)";
        return select(userId, includeInactive, page, place + " ORDER BY r.createdAt, r.id")
                .setParameter("ahead", last.ahead() == null ? NONE : Cursor.Position.as(UUID::fromString, last.ahead()))
                .setParameter("at", last.createdAt())
                .setParameter("id", Cursor.Position.as(UUID::fromString, last.id()))
                .setMaxResults(most)
                .getResultList();
    }

    /** Those that a list may show. @param rest more conditions, and the order */
    private TypedQuery<Realm> select(String userId, boolean includeInactive, PageRequest page, String rest) {
        List<String> conditions = new ArrayList<>(List.of("r.userId = :user", "(r.isActive = TRUE OR :all = TRUE)"));
        conditions.addAll(NameConditions.of(page.names()));
        TypedQuery<Realm> query = em.createQuery(
                        "SELECT r FROM Realm r WHERE " + String.join(" AND ", conditions) + rest, Realm.class)
                .setParameter("user", userId)
                .setParameter("all", includeInactive);
        NameConditions.bind(page.names(), query);
        return query;
    }

    private Optional<Realm> find(String userId, UUID realmId, LockModeType lock) {
        return em.createQuery("SELECT r FROM Realm r WHERE r.id = :id AND r.userId = :user", Realm.class)
                .setParameter("id", realmId)
                .setParameter("user", userId)
                .setLockMode(lock)
                .getResultStream()
                .findFirst();
    }

    private Optional<Realm> findDefault(String userId, LockModeType lock) {
        return em.createQuery("SELECT r FROM Realm r WHERE r.userId = :user AND r.isDefault = TRUE", Realm.class)
                .setParameter("user", userId)
                .setLockMode(lock)
                .getResultStream()
                .findFirst();
    }
}
