/** Where the database stands, and who may move it: the table of allowed moves, the lease of the one that runs, the audit log of every act. */
package dev.realms.migration.state;
