-- The columns from before realms take what ours hold, and stay: what the installation has on them (views, indexes, checks) stays with them.
DO $$
DECLARE
  v_realms    uuid[];
  v_databases ${id}[];
  v_by        int[];
  v_triggers  pg_trigger[];
  v_trigger   pg_trigger;
BEGIN
  -- By how much a count is wrong is the same in every snapshot, as counting goes on in the same transactions that change what is counted: it
  -- is looked up before anybody has to wait.
  SELECT array_agg(realm_id), array_agg(id), array_agg(by) INTO v_realms, v_databases, v_by
  FROM (SELECT d.realm_id, d.id, count(o.id) - d.pre_realm_document_count AS by
        FROM databases AS d LEFT JOIN documents AS o ON o.realm_id = d.realm_id AND o.database_id = d.id
        GROUP BY d.realm_id, d.id, d.pre_realm_document_count) AS wrong
  WHERE by <> 0;
  CALL migration.drop_key('databases', '{pre_realm_name,user_id}');
  -- Past all triggers, those of the installation too: nothing else of a row changes.
  v_triggers := ARRAY(SELECT t FROM pg_trigger AS t WHERE tgrelid = 'databases'::regclass AND NOT tgisinternal AND tgenabled <> 'D');
  ALTER TABLE databases DISABLE TRIGGER USER;
  PERFORM add_to_counts(v_realms, v_databases, v_by);
  UPDATE databases SET pre_realm_name = name WHERE pre_realm_name <> name;
  FOREACH v_trigger IN ARRAY v_triggers LOOP
    EXECUTE format('ALTER TABLE databases %s TRIGGER %I', CASE v_trigger.tgenabled WHEN 'O' THEN 'ENABLE' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE REPLICA' END,
                   v_trigger.tgname);
  END LOOP;
END $$;
DROP TRIGGER databases_two_names_on_insert ON databases;
DROP TRIGGER databases_two_names_on_new_name ON databases;
CREATE OR REPLACE FUNCTION keep_two_names() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.pre_realm_name := NEW.name;
  RETURN NEW;
END $$;
CREATE TRIGGER databases_two_names BEFORE INSERT OR UPDATE ON databases FOR EACH ROW EXECUTE FUNCTION keep_two_names();
