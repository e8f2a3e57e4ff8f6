package dev.realms.realm;

/** How many rows a realm holds, all counted in one snapshot. */
public record RealmStats(long databases, long documents, long apiKeys, long servers, long jobs) {}
