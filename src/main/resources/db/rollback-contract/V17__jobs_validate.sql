-- Asks every old row of jobs; writers go on meanwhile.
CALL migration.validate_references('reference', 'documents');
