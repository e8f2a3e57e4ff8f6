package dev.realms.realm.isolation;

/** What a user may do: a VIEWER reads, a USER also writes what is theirs, an ADMIN also looks after users and the migration. */
public enum Role {
    ADMIN,
    USER,
    VIEWER
}
