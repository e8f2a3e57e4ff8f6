package dev.realms.client;

/**
 * A resource, and the entity tag of what was read of it.
 *
 * @param etag what {@code If-Match} takes, so that a change that somebody else made meanwhile is not overwritten
 */
public record Tagged<T>(T value, String etag) {}
