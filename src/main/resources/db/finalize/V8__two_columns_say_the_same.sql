-- The columns from before realms take what ours hold, and stay: what the installation has on them (views, indexes, checks) stays with them.
CALL migration.drop_key('databases', '{pre_realm_name,user_id}');
DROP TRIGGER databases_two_names_on_insert ON databases;
DROP TRIGGER databases_two_names_on_new_name ON databases;
DROP TRIGGER databases_old_count ON databases;
DROP FUNCTION count_for_old();
CREATE OR REPLACE FUNCTION keep_two_names() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.pre_realm_name := NEW.name;
  NEW.pre_realm_document_count := NEW.document_count;
  RETURN NEW;
END $$;
CREATE TRIGGER databases_two_columns BEFORE INSERT OR UPDATE ON databases FOR EACH ROW EXECUTE FUNCTION keep_two_names();
-- Past all triggers, those of the installation too: nothing else of a row changes.
DO $$
DECLARE
  v_triggers pg_trigger[] := ARRAY(SELECT t FROM pg_trigger AS t WHERE tgrelid = 'databases'::regclass AND NOT tgisinternal AND tgenabled <> 'D');
  v_trigger pg_trigger;
BEGIN
  ALTER TABLE databases DISABLE TRIGGER USER;
  UPDATE databases SET pre_realm_name = name, pre_realm_document_count = document_count
  WHERE pre_realm_name <> name OR pre_realm_document_count <> document_count;
  FOREACH v_trigger IN ARRAY v_triggers LOOP
    EXECUTE format('ALTER TABLE databases %s TRIGGER %I', CASE v_trigger.tgenabled WHEN 'O' THEN 'ENABLE' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE REPLICA' END,
                   v_trigger.tgname);
  END LOOP;
END $$;
