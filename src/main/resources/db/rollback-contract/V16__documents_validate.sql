-- Asks every old row of documents; writers go on meanwhile.
CALL migration.validate_references('reference', 'databases');
