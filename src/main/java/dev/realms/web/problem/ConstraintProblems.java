package dev.realms.web.problem;

import dev.realms.sql.Causes;
import dev.realms.sql.ColumnNames;
import dev.realms.sql.SqlStates;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a failure of the database means to the caller. Constraints are known by name: one that is missing here is a defect of
 * ours and answers 500; a test goes through all that the schema has.
 */
public final class ConstraintProblems {

    /** Said alike by whoever refuses, so that nobody tells from the words who it was. */
    public static final String NO_SUCH_REALM = "No such realm.";

    public static final String MIGRATING = "Your data is being moved into realms; please try again shortly.";

    private record Meaning(ProblemType type, String field, String detail) {}

    private static final Map<String, Meaning> BY_CONSTRAINT = Map.ofEntries(
            Map.entry(
                    "realms_active_name_key",
                    taken(ProblemType.REALM_NAME_TAKEN, "Another active realm has this name.")),
            Map.entry("databases_name_realm_id_key", taken(ProblemType.NAME_TAKEN, "Another database has this name.")),
            Map.entry("databases_name_user_id_key", taken(ProblemType.NAME_TAKEN, "Another database has this name.")),
            Map.entry("users_email_key", taken(ProblemType.EMAIL_TAKEN, "Another user has this e-mail address.")),
            Map.entry(
                    "users_email_folded_key", taken(ProblemType.EMAIL_TAKEN, "Another user has this e-mail address.")),
            Map.entry("realms_default_is_active_check", defaultStays()),
            Map.entry("users_default_realm_check", defaultStays()),
            Map.entry("realms_default_realm_check", defaultStays()),
            Map.entry("realms_empty_to_deactivate", taken(ProblemType.REALM_NOT_EMPTY, "The realm still holds data.")),
            Map.entry(
                    "realms_content_removed_since_check",
                    wrongState("The time is over for which what the realm held was kept: it can't be restored.")),
            Map.entry("database_servers_realm_id_fkey", noRealm()),
            Map.entry("databases_realm_id_fkey", noRealm()),
            Map.entry("documents_realm_id_fkey", noRealm()),
            Map.entry("jobs_realm_id_fkey", noRealm()),
            Map.entry("api_keys_realm_id_fkey", noRealm()),
            Map.entry("realms_user_id_fkey", noUser()),
            Map.entry("user_settings_user_id_fkey", noUser()),
            Map.entry("database_servers_user_id_fkey", noUser()),
            Map.entry("databases_user_id_fkey", noUser()),
            Map.entry("documents_user_id_fkey", noUser()),
            Map.entry("jobs_user_id_fkey", noUser()),
            Map.entry("api_keys_user_id_fkey", noUser()),
            Map.entry("idempotent_requests_user_id_fkey", noUser()),
            Map.entry("databases_realm_id_server_id_fkey", unknown("serverId", "server")),
            Map.entry("databases_server_id_fkey", unknown("serverId", "server")),
            Map.entry("documents_realm_id_database_id_fkey", unknown("databaseId", "database")),
            Map.entry("documents_database_id_fkey", unknown("databaseId", "database")),
            Map.entry("jobs_realm_id_document_id_fkey", unknown("documentId", "document")),
            Map.entry("jobs_document_id_fkey", unknown("documentId", "document")),
            Map.entry("documents_state_moves_check", wrongState("A document's state moves only forward.")),
            Map.entry("jobs_status_moves_check", wrongState("A job's status moves only forward.")),
            Map.entry("api_keys_access_check", invalid("access", "must be READ or WRITE")),
            Map.entry("documents_quality_check", invalid("quality", "must be between 0 and 1")),
            Map.entry("jobs_percentage_check", invalid("percentage", "must be between 0 and 100")),
            Map.entry("jobs_end_date_check", invalid("endDate", "must not be before startDate")),
            Map.entry("jobs_ended_check", invalid("endDate", "must be set when the job has ended")),
            Map.entry("realms_name_check", invalid("name", "must have 1 to 100 characters")),
            Map.entry("realms_description_check", invalid("description", "must have at most 500 characters")));

    /** Why a realm does not open: what enter_realm raises. */
    private static final Map<String, Meaning> OPENING = Map.of(
            "RLM01", noRealm(),
            "RLM02", new Meaning(ProblemType.MIGRATION_IN_PROGRESS, null, MIGRATING),
            "RLM03", new Meaning(ProblemType.UNAUTHENTICATED, null, "The API key has expired or was revoked."));

    private ConstraintProblems() {}

    /**
     * Writes what has changed at once, so that what the database refuses is known here, and is thrown as an exception that the
     * container knows for an application's own and does not log: callers can't fill the log with taken names.
     */
    public static void flush(EntityManager em) {
        explain(() -> {
            em.flush();
            return null;
        });
    }

    /** The same of whatever the ORM is asked for; the realm is opened by the first statement of all. */
    public static <T> T explain(Supplier<T> statement) {
        try {
            return statement.get();
        } catch (RuntimeException failure) {
            throw meaning(failure);
        }
    }

    private static RuntimeException meaning(RuntimeException failure) {
        return Causes.of(failure)
                .filter(SQLException.class::isInstance)
                .findFirst()
                .flatMap(cause -> meaning((SQLException) cause))
                .orElse(failure);
    }

    private static Optional<RuntimeException> meaning(SQLException failure) {
        Optional<DomainException> problem = of(failure);
        // Before a commit: whoever tries again asks for it.
        problem.ifPresent(told -> told.initCause(StaleConnection.in(failure)));
        return problem.map(told -> told);
    }

    /** The caller's problem behind a database failure, or empty when the failure is ours. */
    static Optional<DomainException> of(SQLException failure) {
        String state = failure.getSQLState();
        if (state == null) {
            // Not PostgreSQL's, nor the driver's, which always give one: the pool has no connection, or took it back.
            return Optional.of(new DomainException(
                    ProblemType.UNAVAILABLE,
                    StaleConnection.isBehind(failure)
                            ? "The database can't be reached at the moment."
                            : "No connection to the database is free; please try again."));
        }
        if (OPENING.containsKey(state)) {
            return Optional.of(exception(OPENING.get(state)));
        }
        if (SqlStates.isConstraintViolation(state)) {
            return constraint(failure).flatMap(ConstraintProblems::byName).map(ConstraintProblems::exception);
        }
        if (SqlStates.isUnstorableCharacter(state)) {
            return Optional.of(
                    new DomainException(ProblemType.VALIDATION, "A text holds a character that can't be stored."));
        }
        if (state.equals(SqlStates.PROGRAM_LIMIT_EXCEEDED)) {
            return Optional.of(new DomainException(ProblemType.VALIDATION, "A text is too long to be stored."));
        }
        if (SqlStates.isLostRace(state)) {
            return Optional.of(new LostRace());
        }
        if (state.equals(SqlStates.LOCK_NOT_AVAILABLE)) {
            return Optional.of(new DomainException(
                    ProblemType.UNAVAILABLE, "Somebody else is at work on the same; please try again."));
        }
        if (SqlStates.isReadOnly(state)) {
            return Optional.of(
                    new DomainException(ProblemType.UNAVAILABLE, "The database can only be read at the moment."));
        }
        return SqlStates.isUnavailable(state)
                ? Optional.of(
                        new DomainException(ProblemType.UNAVAILABLE, "The database can't be reached at the moment."))
                : Optional.empty();
    }

    static boolean means(String constraint) {
        return byName(constraint).isPresent();
    }

    /** What Prisma made is named for its columns: {@code databases_name_userId_key}. */
    private static Optional<Meaning> byName(String constraint) {
        return Optional.ofNullable(BY_CONSTRAINT.get(ColumnNames.of(constraint)));
    }

    /** By reflection: on WildFly the driver is a module that the application does not see. */
    private static Optional<String> constraint(SQLException failure) {
        try {
            Object message =
                    failure.getClass().getMethod("getServerErrorMessage").invoke(failure);
            return message == null
                    ? Optional.empty()
                    : Optional.ofNullable((String)
                            message.getClass().getMethod("getConstraint").invoke(message));
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }

    private static DomainException exception(Meaning meaning) {
        return meaning.field() == null
                ? new DomainException(meaning.type(), meaning.detail())
                : DomainException.invalid(meaning.field(), meaning.detail());
    }

    private static Meaning taken(ProblemType type, String detail) {
        return new Meaning(type, null, detail);
    }

    private static Meaning wrongState(String detail) {
        return new Meaning(ProblemType.WRONG_STATE, null, detail);
    }

    private static Meaning defaultStays() {
        return new Meaning(
                ProblemType.DEFAULT_REALM, null, "The default realm stays active; hand the default over first.");
    }

    private static Meaning noRealm() {
        return new Meaning(ProblemType.REALM_NOT_FOUND, null, NO_SUCH_REALM);
    }

    /** Deleted since the request was authenticated. */
    private static Meaning noUser() {
        return new Meaning(ProblemType.UNAUTHENTICATED, null, "The user is gone.");
    }

    private static Meaning unknown(String field, String what) {
        return invalid(field, "names no " + what + " of this realm");
    }

    private static Meaning invalid(String field, String message) {
        return new Meaning(ProblemType.VALIDATION, field, message);
    }
}
