/**
 * Users: their accounts, their settings, the realm they are in, and how administrators look after them.
 *
 * <p>Decisions: whoever makes a user, be it a first sign-in or an administrator, makes the settings and the default realm in the
 * same transaction, one at a time per e-mail address ({@code AccountService}). A pre-realm user may have no settings: they
 * read as the defaults until something is set. An administrator can neither demote nor delete themselves, and one
 * administrator always stays. Deleting a user is one statement: foreign keys take all that is theirs.
 */
package dev.realms.user;
