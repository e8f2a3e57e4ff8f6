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
 * <p>Why this is no library's: {@code docs/decisions/sealing-of-secrets.md}. Decisions:
 *
 * <ul>
 *   <li>A rotation <em>announces</em> its key, waits until every node has read it, <em>activates</em> it, seals every credential again,
 *       and <em>sweeps</em>, as often as a sweep still finds a value of a node that did not know yet. So nobody meets a text whose key it
 *       does not know, and nobody waits; {@link dev.realms.security.secret.KeyRing#find} reads the keys again should a node be later than that.
 *   <li>A retired key is kept for good: a transaction that was open all the while, a backup that is put back and remembered
 *       answers may still need it. Rotating limits what one key has sealed; against a master that has leaked helps only to change
 *       the credentials themselves.
 *   <li>What is left of a rotation is read from the data ({@code swept_at}, and the key ids in the texts): after a crash the next
 *       request to rotate goes on with the same key.
 *   <li>The master is changed by a restart of every node with the new one and the old one as {@code realms.secret-key.previous}; a node
 *       with only the old one goes on until it is restarted, but must not be asked to rotate meanwhile.
 *   <li>A text that can't be opened is a generic error, whatever the reason; callers get a 500 without one. A rotation names the
 *       servers of such texts and leaves them.
 * </ul>
 */
package dev.realms.security.secret;
