/**
 * Secrets at rest.
 *
 * <p>Everything that must be read back (credentials of servers, remembered answers) is sealed with AES-256-GCM under a key
 * derived from {@code realms.secret-key} and bound to the place it is kept at: a ciphertext copied to another row, field or realm
 * can't be opened. The text form names the key it was sealed with, {@code realms:v1:<key id>:<base64url of nonce and ciphertext>}, so
 * it fits the text column that held the plain value before, and a later key can be told from an earlier one. A value from before
 * realms stays as it is until it is changed or the migration is finalised.
 */
package dev.realms.secret;
