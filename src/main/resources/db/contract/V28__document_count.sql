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
    -- Grouped and not joined: a plan that is remembered of a statement with one document must not take the square of another one's documents.
    WITH versions AS (
      SELECT id, realm_id, array_agg(database_id) FILTER (WHERE NOT is_new) AS was, array_agg(database_id) FILTER (WHERE is_new) AS becomes
      FROM (SELECT id, realm_id, database_id, false AS is_new FROM gone UNION ALL SELECT id, realm_id, database_id, true FROM added) AS v
      GROUP BY id, realm_id),
    -- In its realm, or else by the id alone.
    pairs AS (
      SELECT from_realm, from_database, realm_id, database_id, count(*) AS n
      FROM (SELECT realm_id, was[1], realm_id, becomes[1] FROM versions WHERE was IS NOT NULL AND becomes IS NOT NULL
            UNION ALL
            SELECT (array_agg(realm_id) FILTER (WHERE becomes IS NULL))[1], (array_agg(was[1]) FILTER (WHERE becomes IS NULL))[1],
                   (array_agg(realm_id) FILTER (WHERE was IS NULL))[1], (array_agg(becomes[1]) FILTER (WHERE was IS NULL))[1]
            FROM versions WHERE was IS NULL OR becomes IS NULL GROUP BY id) AS p (from_realm, from_database, realm_id, database_id)
      WHERE (from_realm, from_database) IS DISTINCT FROM (realm_id, database_id) GROUP BY 1, 2, 3, 4),
    -- What comes from a database that is not there any more came with it: its realm or its id is another one now.
    moves AS (
      SELECT realm_id, database_id, n FROM pairs AS p
      WHERE from_database IS NULL OR EXISTS (SELECT FROM databases AS d WHERE d.realm_id = p.from_realm AND d.id = p.from_database)
      UNION ALL
      SELECT from_realm, from_database, -n FROM pairs),
    counts AS (SELECT realm_id, database_id, sum(n) AS n FROM moves WHERE database_id IS NOT NULL GROUP BY realm_id, database_id)
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
