/**
 * Servers: where a realm's databases live (Qdrant, Neo4j and the like; never the application server).
 *
 * <p>Decisions: {@code password} and {@code apiKey} go in and never come out; answers tell only whether there is one. They are
 * sealed before they reach the ORM. In an update each of them may be left out, which keeps it, or be null, which clears it.
 * Members that can't be empty keep their value when a {@code PUT} leaves them out; all others are cleared. Deleting a server takes
 * its databases, by foreign key.
 */
package dev.realms.server;
