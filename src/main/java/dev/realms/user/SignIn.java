package dev.realms.user;

import dev.realms.isolation.Role;
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

    /**
     * @param name what to call a new user
     * @param role of a new user; empty for the usual one
     */
    public Account of(String email, String name, Optional<Role> role) {
        User user = accounts.find(email).orElseGet(() -> create(email, name, role.orElse(Role.USER)));
        return new Account(user.id(), user.role());
    }

    private User create(String email, String name, Role role) {
        try {
            return accounts.findOrCreate(name, email, role);
        } catch (RuntimeException e) {
            // The application from before realms may have made the user in between; it takes no lock of ours.
            return accounts.find(email).orElseThrow(() -> e);
        }
    }
}
