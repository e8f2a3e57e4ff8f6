-- Nullable columns and triggers are all the pre-realm application can meet: no rewrite, no index, no foreign key yet.
-- At once: a lock that grows would wait for transactions that wait for it.
LOCK TABLE databases IN ACCESS EXCLUSIVE MODE;
CALL migration.note_changes_of('databases');
ALTER TABLE databases
  ADD COLUMN realm_id uuid,
  ADD COLUMN name_key text COLLATE "C",
  ADD COLUMN name text,
  ADD COLUMN document_count integer NOT NULL DEFAULT 0;
CREATE TRIGGER databases_realm_on_insert BEFORE INSERT ON databases FOR EACH ROW EXECUTE FUNCTION put_row_into_realm();
CREATE TRIGGER databases_realm_on_new_owner BEFORE UPDATE ON databases
  FOR EACH ROW WHEN (NEW.user_id <> OLD.user_id) EXECUTE FUNCTION put_row_into_realm();

-- A name that one user has in two realms is another one to the pre-realm application, whose names are unique among the user's: the name of the
-- realm stands behind it in parentheses, and from the second try on a number: papers (Work 2). A row that gets its realm gets its name. One that the
-- pre-realm application puts where its own name is taken goes on under the name that this application knows.
CREATE FUNCTION keep_two_names() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = realms, pg_temp AS $$
DECLARE
  v_realm text;
  n       int := 0;
BEGIN
  IF NEW.name IS NULL OR (TG_OP = 'UPDATE' AND NEW.pre_realm_name <> OLD.pre_realm_name) THEN
    NEW.name := NEW.pre_realm_name;
    RETURN NEW;
  ELSIF TG_OP = 'UPDATE' AND NEW.name = OLD.name THEN
    IF EXISTS (SELECT FROM databases WHERE realm_id = NEW.realm_id AND name = NEW.name AND id <> NEW.id) THEN
      NEW.name := NEW.pre_realm_name;
    END IF;
    RETURN NEW;
  END IF;
  -- One at a time for each user.
  PERFORM FROM users WHERE id = NEW.user_id FOR NO KEY UPDATE;
  SELECT name INTO v_realm FROM realms WHERE id = NEW.realm_id;
  IF EXISTS (SELECT FROM databases WHERE user_id = NEW.user_id AND realm_id = NEW.realm_id AND name = NEW.name AND id <> NEW.id) THEN
    RAISE EXCEPTION 'the realm has a database of this name' USING ERRCODE = 'unique_violation', CONSTRAINT = 'databases_name_realm_id_key';
  END IF;
  NEW.pre_realm_name := NEW.name;
  WHILE EXISTS (SELECT FROM databases WHERE user_id = NEW.user_id AND pre_realm_name = NEW.pre_realm_name AND id <> NEW.id) LOOP
    n := n + 1;
    NEW.pre_realm_name := format('%s (%s%s)', NEW.name, v_realm, CASE WHEN n > 1 THEN ' ' || n END);
  END LOOP;
  RETURN NEW;
END $$;
-- Their names put them behind those that give a row its realm.
CREATE TRIGGER databases_two_names_on_insert BEFORE INSERT ON databases FOR EACH ROW EXECUTE FUNCTION keep_two_names();
CREATE TRIGGER databases_two_names_on_new_name BEFORE UPDATE ON databases
  FOR EACH ROW WHEN (NEW.name IS NULL OR NEW.name IS DISTINCT FROM OLD.name OR NEW.pre_realm_name <> OLD.pre_realm_name
                     OR (NEW.realm_id <> OLD.realm_id AND NEW.name <> NEW.pre_realm_name AND coalesce(current_setting('app.realm_id', true), '') = ''))
  EXECUTE FUNCTION keep_two_names();

-- Behind all that may set the name. A row that gets its realm gets its key.
CREATE TRIGGER zz_name_key_on_insert BEFORE INSERT ON databases FOR EACH ROW EXECUTE FUNCTION keep_name_key();
CREATE TRIGGER zz_name_key_on_update BEFORE UPDATE ON databases
  FOR EACH ROW WHEN (NEW.name_key IS NULL OR NEW.name IS DISTINCT FROM OLD.name OR NEW.name_key <> OLD.name_key) EXECUTE FUNCTION keep_name_key();

-- The count is the pre-realm application's own until the contract.
CREATE FUNCTION show_old_count() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.document_count := NEW.pre_realm_document_count;
  RETURN NEW;
END $$;
CREATE TRIGGER databases_old_count BEFORE INSERT OR UPDATE ON databases
  FOR EACH ROW WHEN (NEW.document_count <> NEW.pre_realm_document_count) EXECUTE FUNCTION show_old_count();
