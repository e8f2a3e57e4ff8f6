-- What the service writes is counted for the pre-realm application, which counts for itself what it writes and waits for nobody who counts.
-- Once for a statement, however many documents it writes: each version of a row that one transaction makes is passed by the next.
CREATE FUNCTION count_documents() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = realms, pg_temp AS $$
DECLARE
  v_realms     uuid[];
  v_databases  ${id}[];
  v_by         int[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(realm_id), array_agg(database_id), array_agg(n) INTO v_realms, v_databases, v_by
    FROM (SELECT realm_id, database_id, count(*) AS n FROM added WHERE database_id IS NOT NULL GROUP BY realm_id, database_id) AS c;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(realm_id), array_agg(database_id), array_agg(-n) INTO v_realms, v_databases, v_by
    FROM (SELECT realm_id, database_id, count(*) AS n FROM gone WHERE database_id IS NOT NULL GROUP BY realm_id, database_id) AS c;
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
  IF cardinality(v_databases) > 1 THEN
    -- Two statements that move documents to and fro would wait for each other: everybody takes the databases in one order.
    PERFORM FROM databases WHERE (realm_id, id) IN (SELECT * FROM unnest(v_realms, v_databases)) ORDER BY id FOR NO KEY UPDATE;
  END IF;
  IF v_databases IS NOT NULL THEN
    PERFORM add_to_counts(v_realms, v_databases, v_by);
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION add_to_counts(p_realms uuid[], p_databases ${id}[], p_by int[]) RETURNS void
  LANGUAGE plpgsql SET search_path = realms, pg_temp AS $$
BEGIN
  UPDATE databases AS d SET pre_realm_document_count = d.pre_realm_document_count + c.by
  FROM unnest(p_realms, p_databases, p_by) AS c (realm_id, id, by) WHERE d.realm_id = c.realm_id AND d.id = c.id;
END $$;
CREATE TRIGGER documents_added AFTER INSERT ON documents
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT
  WHEN (coalesce(current_setting('app.realm_id', true), '') <> '') EXECUTE FUNCTION count_documents();
CREATE TRIGGER documents_gone AFTER DELETE ON documents
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT
  WHEN (coalesce(current_setting('app.realm_id', true), '') <> '') EXECUTE FUNCTION count_documents();
CREATE TRIGGER documents_moved AFTER UPDATE ON documents
  REFERENCING OLD TABLE AS gone NEW TABLE AS added FOR EACH STATEMENT
  WHEN (coalesce(current_setting('app.realm_id', true), '') <> '') EXECUTE FUNCTION count_documents();
