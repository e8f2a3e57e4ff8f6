package dev.realms.migration.state;

import jakarta.json.JsonObject;
import java.time.Instant;

/**
 * An act, as the audit log holds it: every move of the state, every refusal, every other thing an operator did.
 *
 * @param id grows with time
 * @param actor the id of a user, or {@code system}
 * @param parameters of a move {@code from}, the state before it, and the {@code reason} where there is one
 * @param outcome the new state, or how it ended
 */
public record MigrationEvent(long id, Instant at, String actor, String act, JsonObject parameters, String outcome) {}
