package dev.realms.migration.rollback;

/**
 * What a rollback has done: ids and counts. Names and keys as they were are in the schema {@code realms_archive}.
 *
 * @param realms how many wait in the archive
 * @param rowsOutsideDefaultRealms how many rows the archive knows the realm of
 * @param renamedDatabases those whose name was another database's, too
 * @param revokedKeys those the application from before realms can't use any more
 * @param undoneAnswers how many rows are as they were before answers to the preflight; of this run, if there were several
 * @param unreadableCredentials servers with a credential that no key opens; it stays sealed
 */
public record RollbackReport(
        long realms,
        long rowsOutsideDefaultRealms,
        Rows renamedDatabases,
        Rows revokedKeys,
        Rows unreadableCredentials,
        long undoneAnswers) {}
