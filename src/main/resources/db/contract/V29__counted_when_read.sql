-- Until the finalization a database's documents are counted when somebody reads it (NULL): a count that is kept would be a row for which the
-- pre-realm application's transactions wait.
LOCK TABLE databases IN ACCESS EXCLUSIVE MODE;
DROP TRIGGER IF EXISTS databases_old_count ON databases;
DROP FUNCTION IF EXISTS show_old_count();
ALTER TABLE databases DROP COLUMN document_count, ADD COLUMN document_count integer;
