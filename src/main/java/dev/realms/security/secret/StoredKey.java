package dev.realms.security.secret;

/** A data key as the database keeps it. @param isActive whether what is sealed from now on is sealed by it */
record StoredKey(String id, String wrapped, String masterId, boolean isActive) {}
