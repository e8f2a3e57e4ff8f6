package dev.realms.user;

import dev.realms.realm.RealmService;
import dev.realms.realm.RealmView;
import dev.realms.realm.isolation.RealmGate;
import dev.realms.web.ETags;
import dev.realms.web.json.Change;
import dev.realms.web.json.Patch;
import dev.realms.web.json.RecordBinder;
import dev.realms.web.problem.ConstraintProblems;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** A user's settings, the current realm among them. */
@Stateless
public class UserSettingsService {

    @PersistenceContext(unitName = "realms")
    private EntityManager em;

    @Inject
    private RealmService realms;

    @Inject
    private RealmGate gate;

    @Inject
    private RecordBinder binder;

    /** The defaults, for a user from before realms who has none. */
    public UserSettingsView get(UUID userId) {
        return UserSettingsView.of(find(userId).orElseGet(() -> new UserSettings(userId)));
    }

    /** @throws dev.realms.web.problem.DomainException {@code stale}, {@code realm-not-found} */
    public UserSettingsView update(UUID userId, UpdateUserSettings input, String ifMatch) {
        return change(userId, current -> input, ifMatch);
    }

    /** @throws dev.realms.web.problem.DomainException {@code stale}, {@code realm-not-found} */
    public UserSettingsView patch(UUID userId, Patch patch, String ifMatch) {
        return change(userId, current -> patch.applyTo(current, UpdateUserSettings.class, binder), ifMatch);
    }

    /** The realm last switched to, or the default one when that is gone, inactive or was never chosen. */
    public RealmView currentRealm(UUID userId) {
        return find(userId)
                .map(UserSettings::currentRealmId)
                .flatMap(realmId -> realms.findActive(userId, realmId))
                .orElseGet(() -> realms.getDefault(userId));
    }

    /** @throws dev.realms.web.problem.DomainException {@code realm-not-found} unless it is an active realm of the user */
    public RealmView switchTo(UUID userId, UUID realmId) {
        RealmView realm = realms.findActive(userId, realmId).orElseThrow(RealmGate::noSuchRealm);
        lock(userId).switchTo(realmId);
        ConstraintProblems.flush(em);
        return realm;
    }

    private UserSettingsView change(UUID userId, UnaryOperator<UpdateUserSettings> update, String ifMatch) {
        UserSettings settings = lock(userId);
        ETags.requireMatch(ifMatch, UserSettingsView.of(settings));
        UpdateUserSettings input = update.apply(UpdateUserSettings.of(settings));
        settings.change(input);
        Change<UUID> realm = input.currentRealmId();
        if (realm != null && realm.value() != null) {
            realms.findActive(userId, realm.value()).orElseThrow(RealmGate::noSuchRealm);
        }
        if (realm != null) {
            settings.switchTo(realm.value());
        }
        ConstraintProblems.flush(em);
        return UserSettingsView.of(settings);
    }

    private Optional<UserSettings> find(UUID userId) {
        gate.enter(userId);
        return em.createQuery("SELECT s FROM UserSettings s WHERE s.userId = :user", UserSettings.class)
                .setParameter("user", userId)
                .getResultStream()
                .findFirst();
    }

    /** The user's row is locked, which is there when the settings are not: two first changes make one row. */
    private UserSettings lock(UUID userId) {
        em.find(User.class, userId, LockModeType.PESSIMISTIC_WRITE);
        return find(userId).orElseGet(() -> {
            UserSettings settings = new UserSettings(userId);
            em.persist(settings);
            return settings;
        });
    }
}
