-- A nullable column and triggers are all the pre-realm application can meet: no rewrite, no index, no foreign key yet.
-- At once: a lock that grows would wait for transactions that wait for it.
LOCK TABLE documents IN ACCESS EXCLUSIVE MODE;
CALL migration.note_changes_of('documents');
ALTER TABLE documents ADD COLUMN realm_id uuid, ADD COLUMN name_key text COLLATE "C";
CREATE TRIGGER documents_realm_on_insert BEFORE INSERT ON documents FOR EACH ROW EXECUTE FUNCTION put_row_into_realm();
CREATE TRIGGER documents_realm_on_new_owner BEFORE UPDATE ON documents
  FOR EACH ROW WHEN (NEW.user_id <> OLD.user_id) EXECUTE FUNCTION put_row_into_realm();
-- Behind all that may set the name. A row that gets its realm gets its key.
CREATE TRIGGER zz_name_key_on_insert BEFORE INSERT ON documents FOR EACH ROW EXECUTE FUNCTION keep_name_key();
CREATE TRIGGER zz_name_key_on_update BEFORE UPDATE ON documents
  FOR EACH ROW WHEN (NEW.name_key IS NULL OR NEW.name IS DISTINCT FROM OLD.name OR NEW.name_key <> OLD.name_key) EXECUTE FUNCTION keep_name_key();
