/**
 * Realms themselves: a user's workspaces.
 *
 * <p>Decisions: an inactive realm can still be read, renamed and restored by its owner, but what it holds can't be reached.
 * It holds nothing, or what is kept for a time. Deleting it again answers as if it were not there. {@code PUT} with {@code isActive: false} is the same
 * act as {@code DELETE}, {@code true} the same as restoring. A first default realm is called "Default", or "Default 2" and so
 * on where the name is taken.
 */
package dev.realms.realm;
