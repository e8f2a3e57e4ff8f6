package dev.realms.realm.isolation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Advisory locks for rules that no single row holds, kept until the transaction ends. They are taken on the transaction's own
 * connection, the persistence unit's.
 */
@ApplicationScoped
public class AdvisoryLocks {

    /** Their numbers keep them apart from the advisory locks of others: four letters in ASCII. */
    public enum Kind {
        /** One at a time per address; taken in {@code realms_doors.lock_email} too. The unique index that ignores case exists only once the migration is over. */
        EMAIL(0x656d6169),

        /** One at a time for whoever takes the role ADMIN from a user. */
        ADMINS(0x61646d69),

        /**
         * One at a time per user for whoever hands the default realm over. Locking the realm that is the default would not do: who
         * waited for it while it was handed over holds it for nothing, and is waited for by who hands it back.
         */
        DEFAULT_REALM(0x64666c74),

        /** One at a time per user for whoever imports a realm, whose ids must stay free. */
        IMPORT(0x696d7074);

        final int number;

        Kind(int number) {
            this.number = number;
        }
    }

    @Inject
    private TransactionConnection transaction;

    /** @param about what the rule is about, whatever its case */
    public void take(Kind kind, String about) {
        transaction.call("SELECT pg_advisory_xact_lock(?, hashtext(lower(?)))", kind.number, about);
    }
}
