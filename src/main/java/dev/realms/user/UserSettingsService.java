package dev.realms.user;

import dev.realms.realm.RealmService;
import dev.realms.realm.RealmView;
import dev.realms.realm.isolation.LockedRow;
import dev.realms.realm.isolation.RealmGate;
import dev.realms.web.json.Change;
import dev.realms.web.json.ResourceUpdate;
import dev.realms.web.problem.ConstraintProblems;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;
import java.util.UUID;

/** A user's settings, the current realm among them. */
@Stateless
public class UserSettingsService {

    @PersistenceContext(unitName = "realms")
    private EntityManager em;

    @Inject
    private RealmService realms;

    @Inject
    private RealmGate gate;

    /** The defaults, for a pre-realm user who has none. */
    public UserSettingsView get(String userId) {
        return view(find(userId).orElseGet(() -> new UserSettings(userId)), userId);
    }

    /** @throws dev.realms.web.problem.DomainException {@code stale}, {@code realm-not-found} */
    public UserSettingsView update(String userId, ResourceUpdate<UpdateUserSettings> update, String ifMatch) {
        UserSettings locked = lock(userId);
        return new LockedRow<>(em, locked, settings -> view(settings, userId)).change(ifMatch, settings -> {
            UpdateUserSettings input = update.of(view(settings, userId));
            settings.change(input);
            Change<UUID> realm = input.currentRealmId();
            if (realm != null) {
                settings.switchTo(
                        realm.value() == null
                                ? null
                                : activeRealm(userId, realm.value()).id());
            }
        });
    }

    /** The realm last switched to, or the default one when that is gone, inactive or was never chosen. */
    public RealmView currentRealm(String userId) {
        return find(userId)
                .map(UserSettings::currentRealmId)
                .flatMap(realmId -> realms.findActive(userId, realmId))
                .orElseGet(() -> realms.getDefault(userId));
    }

    /** @throws dev.realms.web.problem.DomainException {@code realm-not-found} unless it is an active realm of the user */
    public RealmView switchTo(String userId, UUID realmId) {
        RealmView realm = activeRealm(userId, realmId);
        lock(userId).switchTo(realmId);
        ConstraintProblems.flush(em);
        return realm;
    }

    private UserSettingsView view(UserSettings settings, String userId) {
        UUID realmId = settings.currentRealmId();
        boolean isThere = realmId != null
                && !em.createQuery(
                                "SELECT r.id FROM Realm r WHERE r.id = :id AND r.userId = :user AND r.isActive = TRUE",
                                UUID.class)
                        .setParameter("id", realmId)
                        .setParameter("user", userId)
                        .getResultList()
                        .isEmpty();
        return settings.view(isThere);
    }

    private RealmView activeRealm(String userId, UUID realmId) {
        return realms.findActive(userId, realmId).orElseThrow(RealmGate::noSuchRealm);
    }

    private Optional<UserSettings> find(String userId) {
        gate.enter(userId);
        return em.createQuery("SELECT s FROM UserSettings s WHERE s.userId = :user", UserSettings.class)
                .setParameter("user", userId)
                .getResultStream()
                .findFirst();
    }

    /** The user's row is locked, which is there when the settings are not: two first changes make one row. */
    private UserSettings lock(String userId) {
        em.find(User.class, userId, LockModeType.PESSIMISTIC_WRITE);
        return find(userId).orElseGet(() -> {
            UserSettings settings = new UserSettings(userId);
            em.persist(settings);
            return settings;
        });
    }
}
