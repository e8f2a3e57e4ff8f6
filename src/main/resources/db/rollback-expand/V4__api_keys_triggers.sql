-- All triggers go before the first column does: one table's look at another's.
CALL migration.drop_triggers('api_keys');
DROP FUNCTION IF EXISTS migration.row_checksum(api_keys);
