package dev.realms.realm.isolation;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables that are known by name, for what works without JPA. Tests hold them against the entities and the catalogue. */
public final class RealmTables {

    /** Tables whose rows have a realm. What is referred to comes first. */
    public static final List<String> OWNED = List.of("database_servers", "databases", "documents", "jobs", "api_keys");

    /** The table of what happened in realms: rows of active realms and of others, which nobody changes. A partition is no table of its own. */
    public static final String EVENTS = "realm_events";

    /** The tables of the pre-realm schema. */
    public static final List<String> PRE_REALM =
            Stream.concat(Stream.of("users", "user_settings"), OWNED.stream()).toList();

    /** Tables whose rows belong to a user and to no realm. */
    public static final List<String> OF_USERS = List.of("realms", "user_settings", "idempotent_requests");

    /** What owned rows refer to. What is referred to comes first. */
    public static final List<Reference> REFERENCES = List.of(
            new Reference("databases", "server_id", "database_servers"),
            new Reference("documents", "database_id", "databases"),
            new Reference("jobs", "document_id", "documents"));

    /** A column of an owned table that holds the id of a row of another owned table. */
    public record Reference(String table, String column, String target) {}

    private RealmTables() {}

    /** The names as literals of SQL, separated by commas. */
    public static String literals(List<String> names) {
        return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    }
}
