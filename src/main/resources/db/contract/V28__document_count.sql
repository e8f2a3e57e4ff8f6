-- A database's document count is counted by the database itself: what an application writes there is ignored,
-- but for the next script, which sets right what was wrong before.
-- Once for a statement or transaction, however many documents it writes: each version of a row that one transaction makes is passed by the next.
CREATE FUNCTION add_to_document_counts(p_realms uuid[], p_databases ${id}[], p_by bigint[]) RETURNS void
  LANGUAGE plpgsql SET search_path = realms, pg_temp AS $$
BEGIN
  IF cardinality(p_databases) > 1 THEN
    -- Two that move documents to and fro would wait for each other: everybody takes the databases in one order.
    PERFORM FROM databases WHERE (realm_id, id) IN (SELECT * FROM unnest(p_realms, p_databases)) ORDER BY id FOR NO KEY UPDATE;
  END IF;
  IF p_databases IS NOT NULL THEN
    UPDATE databases AS d SET document_count = d.document_count + c.by
    FROM unnest(p_realms, p_databases, p_by) AS c (realm_id, id, by) WHERE d.realm_id = c.realm_id AND d.id = c.id;
  END IF;
END $$;

-- The pre-realm application's transactions, which hold no lock on a database whose documents they write, hold it for their last moment only:
-- what they have to count is put here, and written when they end. Nobody ever sees a row of somebody else's transaction.
CREATE TABLE migration.uncounted (
  transaction xid8 NOT NULL DEFAULT pg_current_xact_id(), realm uuid NOT NULL, database ${id} NOT NULL, by bigint NOT NULL,
  CONSTRAINT uncounted_pkey PRIMARY KEY (transaction, realm, database));
CREATE FUNCTION count_at_the_end() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = realms, pg_temp AS $$
DECLARE
  v_realms     uuid[];
  v_databases  ${id}[];
  v_by         bigint[];
BEGIN
  WITH mine AS (DELETE FROM migration.uncounted WHERE transaction = pg_current_xact_id() RETURNING realm, database, by)
  SELECT array_agg(realm), array_agg(database), array_agg(by) INTO v_realms, v_databases, v_by FROM mine WHERE by <> 0;
  PERFORM add_to_document_counts(v_realms, v_databases, v_by);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER uncounted_at_the_end_check AFTER INSERT ON migration.uncounted
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION count_at_the_end();
-- A database that gets another id, or goes to another realm, takes along what is to be counted, whatever was
-- to be counted of one that had this id and is gone.
CREATE FUNCTION move_uncounted() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = realms, pg_temp AS $$
BEGIN
  DELETE FROM migration.uncounted
  WHERE transaction = pg_current_xact_id_if_assigned() AND realm = NEW.realm_id AND database = NEW.id;
  UPDATE migration.uncounted SET realm = NEW.realm_id, database = NEW.id
  WHERE transaction = pg_current_xact_id_if_assigned() AND realm = OLD.realm_id AND database = OLD.id;
  RETURN NULL;
END $$;

CREATE FUNCTION count_documents() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = realms, pg_temp AS $$
DECLARE
  v_realms     uuid[];
  v_databases  ${id}[];
  v_by         bigint[];
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    UPDATE databases SET document_count = 0 WHERE document_count <> 0;
    IF to_regclass('migration.uncounted') IS NOT NULL THEN
      DELETE FROM migration.uncounted WHERE transaction = pg_current_xact_id_if_assigned();
    END IF;
    RETURN NULL;
  END IF;
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
  -- Until the finalization.
  IF coalesce(current_setting('app.realm_id', true), '') = '' AND to_regclass('migration.uncounted') IS NOT NULL THEN
    INSERT INTO migration.uncounted AS u (realm, database, by) SELECT * FROM unnest(v_realms, v_databases, v_by)
    ON CONFLICT (transaction, realm, database) DO UPDATE SET by = u.by + excluded.by;
  ELSE
    PERFORM add_to_document_counts(v_realms, v_databases, v_by);
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
CREATE TRIGGER databases_uncounted AFTER UPDATE OF id, realm_id ON databases
  FOR EACH ROW WHEN (OLD.id <> NEW.id OR OLD.realm_id <> NEW.realm_id) EXECUTE FUNCTION move_uncounted();
CREATE TRIGGER databases_document_count BEFORE INSERT OR UPDATE OF document_count ON databases
  FOR EACH ROW EXECUTE FUNCTION keep_document_count();
