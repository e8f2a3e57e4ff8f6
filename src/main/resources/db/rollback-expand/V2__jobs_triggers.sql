-- All triggers go before the first column does: one table's look at another's.
CALL migration.drop_triggers('jobs');
DROP FUNCTION IF EXISTS migration.row_checksum(jobs);
