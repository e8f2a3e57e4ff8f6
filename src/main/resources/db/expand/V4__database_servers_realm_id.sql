-- A nullable column and triggers are all the pre-realm application can meet: no rewrite, no index, no foreign key yet.
CALL migration.note_changes_of('database_servers');
ALTER TABLE database_servers ADD COLUMN realm_id uuid;
CREATE TRIGGER database_servers_realm_on_insert BEFORE INSERT ON database_servers FOR EACH ROW EXECUTE FUNCTION put_row_into_realm();
CREATE TRIGGER database_servers_realm_on_new_owner BEFORE UPDATE OF user_id ON database_servers
  FOR EACH ROW WHEN (NEW.user_id <> OLD.user_id) EXECUTE FUNCTION put_row_into_realm();

-- Sealed credentials can be opened in their realm only, and no trigger has the key to seal them anew. The pre-realm application
-- gives such a server to another user only together with new credentials.
CREATE FUNCTION keep_sealed_credentials() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'the credentials of the server are sealed for its user'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'database_servers_sealed_credentials_check',
          HINT = 'Set password and api_key together with user_id.';
END $$;
CREATE TRIGGER database_servers_sealed_credentials BEFORE UPDATE OF user_id ON database_servers
  FOR EACH ROW WHEN (NEW.user_id <> OLD.user_id AND (starts_with(NEW.password, 'realms:v1:') OR starts_with(NEW.api_key, 'realms:v1:')))
  EXECUTE FUNCTION keep_sealed_credentials();
