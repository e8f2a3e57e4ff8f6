-- A name is unique in its realm, the count is kept, and that is all. Who writes documents is counting under the column's old name, and ends first.
LOCK TABLE documents IN SHARE ROW EXCLUSIVE MODE;
LOCK TABLE databases IN ACCESS EXCLUSIVE MODE;
DROP TRIGGER databases_two_names ON databases;
DROP FUNCTION keep_two_names();
DROP TRIGGER zz_name_key_on_update ON databases;
ALTER TABLE databases DROP COLUMN name, DROP COLUMN document_count;
ALTER TABLE databases RENAME COLUMN pre_realm_name TO name;
ALTER TABLE databases RENAME COLUMN pre_realm_document_count TO document_count;
CREATE TRIGGER zz_name_key_on_update BEFORE UPDATE ON databases
  FOR EACH ROW WHEN (NEW.name_key IS NULL OR NEW.name IS DISTINCT FROM OLD.name OR NEW.name_key <> OLD.name_key) EXECUTE FUNCTION keep_name_key();
ALTER TABLE databases ADD CONSTRAINT databases_name_realm_id_key UNIQUE USING INDEX databases_pre_realm_name_realm_id_key;
CREATE OR REPLACE FUNCTION add_to_counts(p_realms uuid[], p_databases ${id}[], p_by int[]) RETURNS void
  LANGUAGE plpgsql SET search_path = realms, pg_temp AS $$
BEGIN
  UPDATE databases AS d SET document_count = d.document_count + c.by
  FROM unnest(p_realms, p_databases, p_by) AS c (realm_id, id, by) WHERE d.realm_id = c.realm_id AND d.id = c.id;
END $$;
CREATE OR REPLACE FUNCTION count_no_documents() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = realms, pg_temp AS $$
BEGIN
  UPDATE databases SET document_count = 0 WHERE document_count <> 0;
  RETURN NULL;
END $$;
-- The database counts by itself: what an application writes there is ignored.
CREATE FUNCTION keep_document_count() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.document_count := 0;
  ELSIF pg_trigger_depth() = 1 THEN
    NEW.document_count := OLD.document_count;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER databases_document_count BEFORE INSERT OR UPDATE OF document_count ON databases
  FOR EACH ROW EXECUTE FUNCTION keep_document_count();
