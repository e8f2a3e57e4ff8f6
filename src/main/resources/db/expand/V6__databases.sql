-- A nullable column and triggers are all the pre-realm application can meet: no rewrite, no index, no foreign key yet.
CALL migration.note_changes_of('databases');
ALTER TABLE databases ADD COLUMN realm_id uuid;
CREATE TRIGGER databases_realm_on_insert BEFORE INSERT ON databases FOR EACH ROW EXECUTE FUNCTION put_row_into_realm();
CREATE TRIGGER databases_realm_on_new_owner BEFORE UPDATE OF user_id ON databases
  FOR EACH ROW WHEN (NEW.user_id <> OLD.user_id) EXECUTE FUNCTION put_row_into_realm();
