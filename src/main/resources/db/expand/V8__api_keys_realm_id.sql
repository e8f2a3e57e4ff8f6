-- A nullable column and triggers are all the pre-realm application can meet: no rewrite, no index, no foreign key yet.
CALL migration.note_changes_of('api_keys');
ALTER TABLE api_keys ADD COLUMN realm_id uuid;
CREATE TRIGGER api_keys_realm_on_insert BEFORE INSERT ON api_keys FOR EACH ROW EXECUTE FUNCTION put_row_into_realm();
CREATE TRIGGER api_keys_realm_on_new_owner BEFORE UPDATE OF user_id ON api_keys
  FOR EACH ROW WHEN (NEW.user_id <> OLD.user_id) EXECUTE FUNCTION put_row_into_realm();
