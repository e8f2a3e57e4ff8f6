-- What a row refers to lies in its own realm: every reference carries the realm. It is asked at once, unless a row of the pre-realm application
-- goes to another realm: then what refers to it may follow until the transaction ends.
ALTER TABLE databases ADD CONSTRAINT databases_realm_id_server_id_fkey
  FOREIGN KEY (realm_id, server_id) REFERENCES database_servers (realm_id, id) ON DELETE CASCADE${onUpdate} DEFERRABLE NOT VALID;
-- Where ids change, a database follows its server into the realm of the server's new owner at once, and to the owner later: until then it gets out
-- of the way of the names there. One trigger's name puts it behind those of the two names, the other's before them.
CREATE FUNCTION free_name() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = realms, pg_temp AS $$
BEGIN
  IF NEW.user_id <> OLD.user_id THEN
    NEW.name := NULL;
  ELSIF EXISTS (SELECT FROM realms WHERE id = NEW.realm_id AND user_id <> NEW.user_id) THEN
    NEW.name := NEW.id;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER databases_free_name_on_new_owner BEFORE UPDATE OF user_id ON databases
  FOR EACH ROW WHEN (NEW.user_id <> OLD.user_id AND NEW.name = NEW.id::text) EXECUTE FUNCTION free_name();
CREATE TRIGGER databases_until_new_owner BEFORE UPDATE OF realm_id ON databases
  FOR EACH ROW WHEN (NEW.realm_id <> OLD.realm_id AND NEW.user_id = OLD.user_id) EXECUTE FUNCTION free_name();
