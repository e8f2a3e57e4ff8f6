-- Asks every old row of databases; writers go on meanwhile.
CALL migration.validate_references('reference', 'database_servers');
