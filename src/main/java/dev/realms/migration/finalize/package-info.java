/** Ends the way back: hashes the plain keys, seals the credentials, and drops what served the old application and the rollback. */
package dev.realms.migration.finalize;
