-- Asks every old row of jobs; writers go on meanwhile.
CALL migration.validate_references('reference', 'documents');
-- Where a contract that ended early has not come to it.
CALL migration.validate_references('reference of others');
