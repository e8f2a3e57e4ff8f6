package dev.realms.realm.isolation.audit;

/** A column of an owned table that holds the id of a row of another owned table. */
record Reference(String table, String column, String target) {}
