package dev.realms.user;

import dev.realms.isolation.RealmGate;
import dev.realms.isolation.Role;
import dev.realms.problem.DomainException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;

/** The account of whoever has proved an e-mail address; the first time it is made. */
@ApplicationScoped
public class SignIn {

    /** Who signed in, and what they may do at this moment. */
    public record Account(UUID id, Role role) {}

    @Inject
    private Accounts accounts;

    @Inject
    private KnownAccounts known;

    /**
     * @param name what to call a new user
     * @param role of a new user; empty for the usual one
     * @throws DomainException {@code migration-in-progress} for a new user when there are no realms to be in
     */
    public Account of(String email, String name, Optional<Role> role) {
        return known.find(email).orElseGet(() -> create(email, name, role.orElse(Role.USER)));
    }

    private Account create(String email, String name, Role role) {
        if (!known.canBeMade()) {
            throw RealmGate.migrating();
        }
        try {
            User user = accounts.findOrCreate(name, email, role);
            return new Account(user.id(), user.role());
        } catch (RuntimeException e) {
            // The application from before realms may have made the user in between; it takes no lock of ours.
            return known.find(email).orElseThrow(() -> e);
        }
    }
}
