/**
 * Documents: what a pipeline takes in, perhaps filed in one of the realm's databases.
 *
 * <p>Decisions: a state may skip others on its way forward, because a pipeline reports what it has reached, and imports start
 * anywhere; it never goes back. The same is kept by a trigger. Members that can't be empty keep their value when a {@code PUT}
 * leaves them out; {@code databaseId} is then cleared. Deleting a document takes its jobs, by foreign key.
 */
package dev.realms.document;
