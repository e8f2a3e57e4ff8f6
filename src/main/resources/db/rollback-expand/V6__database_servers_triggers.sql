-- All triggers go before the first column does: one table's look at another's.
CALL migration.drop_triggers('database_servers');
DROP FUNCTION IF EXISTS migration.row_checksum(database_servers);
