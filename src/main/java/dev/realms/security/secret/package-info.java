/**
 * Secrets at rest, and the keys that seal them.
 *
 * <p>Everything that must be read back (credentials of servers, remembered answers) is sealed with AES-256-GCM and bound to the
 * place where it is kept: a ciphertext copied to another row, field or realm can't be opened. The text form names the key it was
 * sealed with, {@code realms:v1:<key id>:<base64url of nonce and ciphertext>}, and fits the text column that held the plain value
 * before. A pre-realm value stays as it is until it is changed or the migration is finalised.
 *
 * <p>The keys are random, and kept in {@code migration.secret_keys} wrapped by {@code realms.secret-key}, so that the master can be changed
 * without touching a row, and a key without touching the master. The runtime role can't reach that table.
 *
 * <p>Why: {@code docs/decisions/sealing-of-secrets.md}.
 */
package dev.realms.security.secret;
