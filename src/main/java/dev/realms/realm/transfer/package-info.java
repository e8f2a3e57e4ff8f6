/**
 * A realm on its way out of an installation and into one: {@code GET /api/realms/{realmId}/export} writes JSON Lines, of which
 * {@code POST /api/realms/import} makes a new realm.
 *
 * <p>The first line is a {@link dev.realms.realm.transfer.RealmLine}, the last an {@link dev.realms.realm.transfer.EndLine}, without
 * which the file is incomplete. Between them stands what a row refers to before the row: servers, databases, documents, jobs. API keys
 * stay: what is known of them are hashes. Decisions: {@code docs/decisions/realms-travel-as-json-lines.md}.
 */
package dev.realms.realm.transfer;
