-- A database's document count is counted by the database itself: what an application writes there is ignored,
-- but for the next script, which sets right what was wrong before.
-- Once for a statement, however many documents it writes: each version of a row that one transaction makes is passed by the next.
CREATE FUNCTION count_documents() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = realms, pg_temp AS $$
DECLARE
  v_realms     uuid[];
  v_databases  ${id}[];
  v_by         int[];
  -- Until the finalization an id says which database it is, whatever realm a row goes to first.
  v_by_id      boolean := to_regclass('realms.databases_id_key') IS NOT NULL;
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    UPDATE databases SET document_count = 0 WHERE document_count <> 0;
    RETURN NULL;
  END IF;
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(realm_id), array_agg(database_id), array_agg(n) INTO v_realms, v_databases, v_by
    FROM (SELECT realm_id, database_id, count(*) AS n FROM added WHERE database_id IS NOT NULL GROUP BY realm_id, database_id) AS c;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(realm_id), array_agg(database_id), array_agg(-n) INTO v_realms, v_databases, v_by
    FROM (SELECT realm_id, database_id, count(*) AS n FROM gone WHERE database_id IS NOT NULL GROUP BY realm_id, database_id) AS c;
  ELSIF v_by_id THEN
    -- A document may be there several times, as what refers to a realm follows it. What comes from a database that is not there any more came
    -- with it, under another id.
    WITH moves AS (
      SELECT id, database_id, sum(by) AS n
      FROM (SELECT id, database_id, 1 AS by FROM added UNION ALL SELECT id, database_id, -1 FROM gone) AS u
      WHERE database_id IS NOT NULL GROUP BY id, database_id HAVING sum(by) <> 0)
    SELECT array_agg(database_id), array_agg(n) INTO v_databases, v_by
    FROM (SELECT database_id, sum(n) AS n FROM moves AS m
          WHERE NOT EXISTS (SELECT FROM moves AS s WHERE s.id = m.id AND s.n < 0 AND NOT EXISTS (SELECT FROM databases AS d WHERE d.id = s.database_id))
          GROUP BY database_id) AS c
    WHERE n <> 0;
  ELSE
    -- What comes from a database that is not there any more came with it: its realm or its id is another one now.
    WITH moves AS (
      SELECT a.realm_id, a.database_id, 1 AS by
      FROM added AS a LEFT JOIN gone AS g ON g.id = a.id AND (g.realm_id = a.realm_id OR NOT EXISTS (SELECT FROM gone AS s WHERE s.id = a.id AND s.realm_id = a.realm_id))
      WHERE (g.realm_id, g.database_id) IS DISTINCT FROM (a.realm_id, a.database_id)
        AND (g.database_id IS NULL OR EXISTS (SELECT FROM databases AS d WHERE d.realm_id = g.realm_id AND d.id = g.database_id))
      UNION ALL
      SELECT g.realm_id, g.database_id, -1
      FROM gone AS g LEFT JOIN added AS a ON a.id = g.id AND (a.realm_id = g.realm_id OR NOT EXISTS (SELECT FROM added AS s WHERE s.id = g.id AND s.realm_id = g.realm_id))
      WHERE (g.realm_id, g.database_id) IS DISTINCT FROM (a.realm_id, a.database_id)),
    counts AS (SELECT realm_id, database_id, sum(by) AS n FROM moves WHERE database_id IS NOT NULL GROUP BY realm_id, database_id)
    SELECT array_agg(realm_id), array_agg(database_id), array_agg(n) INTO v_realms, v_databases, v_by FROM counts WHERE n <> 0;
  END IF;
  IF v_by_id THEN
    SELECT array_agg(realm_id), array_agg(id), array_agg(n) INTO v_realms, v_databases, v_by
    FROM (SELECT d.realm_id, d.id, sum(c.by) AS n FROM unnest(v_databases, v_by) AS c (id, by) JOIN databases AS d USING (id) GROUP BY d.realm_id, d.id) AS found
    WHERE n <> 0;
  END IF;
  IF cardinality(v_databases) > 1 THEN
    -- Two statements that move documents to and fro would wait for each other: everybody takes the databases in one order.
    PERFORM FROM databases WHERE (realm_id, id) IN (SELECT * FROM unnest(v_realms, v_databases)) ORDER BY id FOR NO KEY UPDATE;
  END IF;
  IF v_databases IS NOT NULL THEN
    UPDATE databases AS d SET document_count = d.document_count + c.by
    FROM unnest(v_realms, v_databases, v_by) AS c (realm_id, id, by) WHERE d.realm_id = c.realm_id AND d.id = c.id;
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION keep_document_count() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.document_count := 0;
  ELSIF pg_trigger_depth() = 1 AND current_setting('realms.recount', true) IS DISTINCT FROM 'on' THEN
    NEW.document_count := OLD.document_count;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER documents_added AFTER INSERT ON documents
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_documents();
CREATE TRIGGER documents_gone AFTER DELETE ON documents
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION count_documents();
CREATE TRIGGER documents_moved AFTER UPDATE ON documents
  REFERENCING OLD TABLE AS gone NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_documents();
CREATE TRIGGER documents_truncated AFTER TRUNCATE ON documents FOR EACH STATEMENT EXECUTE FUNCTION count_documents();
-- The pre-realm application counts for itself what it writes; what the service writes is counted for it.
CREATE FUNCTION count_for_old() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.pre_realm_document_count := OLD.pre_realm_document_count + NEW.document_count - OLD.document_count;
  RETURN NEW;
END $$;
DROP TRIGGER databases_old_count ON databases;
DROP FUNCTION show_old_count();
CREATE TRIGGER databases_old_count BEFORE UPDATE OF document_count ON databases
  FOR EACH ROW WHEN (coalesce(current_setting('app.realm_id', true), '') <> '') EXECUTE FUNCTION count_for_old();
CREATE TRIGGER databases_document_count BEFORE INSERT OR UPDATE OF document_count ON databases
  FOR EACH ROW EXECUTE FUNCTION keep_document_count();
