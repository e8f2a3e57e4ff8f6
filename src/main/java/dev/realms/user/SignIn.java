package dev.realms.user;

import dev.realms.realm.isolation.RealmGate;
import dev.realms.realm.isolation.Role;
import dev.realms.settings.LocalIssuerKey;
import dev.realms.web.body.Bulkhead;
import dev.realms.web.json.Ids;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** The account of whoever a verified token speaks of; the first time it is found by the address, or made. */
@ApplicationScoped
public class SignIn {

    /** Who signed in, and what they may do at this moment. */
    public record Account(String id, Role role) {}

    /**
     * Whom a verified token speaks of: an issuer's subject, and nobody else, whatever address they have.
     *
     * @param email the address, where it counts as theirs
     * @param verified whether the issuer says that it has asked for a proof of that
     * @param name what to call a new user
     */
    public record TokenSubject(String issuer, String subject, Optional<String> email, boolean verified, String name) {

        boolean isLocal() {
            return issuer.equals(LocalIssuerKey.ISSUER);
        }
    }

    /** Who are not known yet take few connections: until the contract the database may have to look through all users for each. */
    private final Bulkhead unknown = new Bulkhead(2, 64);

    @Inject
    private AccountService accounts;

    @Inject
    private AccountFunctions known;

    /**
     * Empty for somebody who has no account and gets none: their user was deleted, or nobody vouches for their address.
     *
     * @throws DomainException {@code migration-in-progress} for a new user when there are no realms to be in; {@code email-taken} when
     *     the address is somebody else's
     */
    public Optional<Account> of(TokenSubject person) {
        if (person.isLocal() && !person.subject().equals(LocalIssuerKey.ADMINISTRATOR)) {
            return Ids.isId(person.subject()) ? known.find(person.subject()) : Optional.empty();
        }
        Optional<AccountFunctions.Known> found = known.find(person);
        Optional<Account> account = found.flatMap(AccountFunctions.Known::account);
        if (account.isPresent()) {
            return account;
        }
        unknown.acquire();
        try {
            return person.isLocal()
                    ? known.admitAdministrator(person, LocalIssuerKey.ADMINISTRATOR_EMAIL)
                    : bindOrCreate(person, found.isPresent());
        } finally {
            unknown.release();
        }
    }

    /** Whoever was deleted stays so, until somebody makes a user with their address. */
    private Optional<Account> bindOrCreate(TokenSubject person, boolean wasDeleted) {
        Optional<Account> bound = person.email().flatMap(email -> known.bind(person, email));
        return bound.isPresent() || wasDeleted ? bound : person.email().map(email -> create(person, email));
    }

    /** The account with this address, made when there is none. For whom the local issuer makes a token. */
    public User withEmail(String email) {
        return accounts.find(email).orElseGet(() -> {
            requireRealms();
            return accounts.findOrCreate(email.substring(0, email.indexOf('@')), email, Role.USER);
        });
    }

    private Account create(TokenSubject person, String email) {
        requireRealms();
        if (Emails.key(email).equals(LocalIssuerKey.ADMINISTRATOR_EMAIL)) {
            throw new DomainException(ProblemType.EMAIL_TAKEN, "This address is the local administrator's.");
        }
        try {
            User user = accounts.create(person, email);
            return new Account(user.id(), user.role());
        } catch (RuntimeException e) {
            // The pre-realm application may have made the user in between; it takes no lock of ours.
            return known.find(person)
                    .flatMap(AccountFunctions.Known::account)
                    .or(() -> known.bind(person, email))
                    .orElseThrow(() -> e);
        }
    }

    private void requireRealms() {
        if (!known.canBeMade()) {
            throw RealmGate.migrating();
        }
    }
}
