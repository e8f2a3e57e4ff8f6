package dev.realms.migration.state;

import java.time.Instant;

/**
 * The one row that says where the database stands.
 *
 * @param reason why it is there, in one sentence; null where the state says it all
 * @param version goes up with every move
 */
public record StateRow(MigrationState state, String reason, Instant changedAt, long version) {}
