-- Takes rows of the open realm to another realm of its user, with what hangs on them: a server's databases, their documents, the documents' jobs.
-- Keys stay. Answers what is moved, by kind, and what gets in the way: what would be torn from what it belongs to (a database goes to p_server where
-- there is one, a document leaves its database where p_detach says so) and databases whose name is taken there (they get another one where p_rename
-- says so). If anything does, nothing is moved. A hundred of each are named. The servers are locked already, and come with their credentials, sealed
-- for the other realm.
CREATE OR REPLACE FUNCTION move_rows(p_target uuid, p_everything boolean, p_servers ${id}[], p_passwords text[], p_api_keys text[], p_databases ${id}[],
  p_documents ${id}[], p_server ${id}, p_detach boolean, p_rename boolean, p_dry_run boolean)
  RETURNS TABLE (finding text, kind text, id text, name text, other text, number bigint)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = realms, pg_temp SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
DECLARE
  v_source         uuid := open_realm_id();
  v_user           ${id} := open_user_id();
  v_databases      ${id}[];
  v_documents      ${id}[];
  v_torn_databases ${id}[];
  v_torn_documents ${id}[];
  v_clashes        ${id}[];
  v_new_names      text[];
  v_open           int;
  v_moved          jsonb;
BEGIN
  -- Neither is deactivated meanwhile.
  PERFORM FROM realms AS r WHERE r.id IN (v_source, p_target) AND r.user_id = v_user AND r.is_active ORDER BY r.id FOR KEY SHARE;
  GET DIAGNOSTICS v_open = ROW_COUNT;
  IF v_open <> 2 THEN
    RAISE EXCEPTION 'the realm does not open: absent' USING ERRCODE = 'RLM01';
  END IF;

  PERFORM FROM database_servers AS s WHERE s.realm_id = p_target AND s.id = p_server FOR KEY SHARE;
  IF NOT FOUND AND p_server IS NOT NULL THEN
    RAISE EXCEPTION 'the other realm has no such server' USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'databases_realm_id_server_id_fkey';
  END IF;

  -- From the top down, so that nothing comes to hang on what is being moved.
  v_databases := ARRAY(
    SELECT d.id FROM databases AS d
    WHERE d.realm_id = v_source
      AND d.id = ANY (ARRAY(SELECT unnest(p_databases)
                            UNION SELECT b.id FROM databases AS b WHERE b.realm_id = v_source AND (p_everything OR b.server_id = ANY (p_servers))))
    ORDER BY d.id FOR UPDATE);
  v_documents := ARRAY(
    SELECT o.id FROM documents AS o
    WHERE o.realm_id = v_source
      AND o.id = ANY (ARRAY(SELECT unnest(p_documents)
                            UNION SELECT b.id FROM documents AS b WHERE b.realm_id = v_source AND (p_everything OR b.database_id = ANY (v_databases))))
    ORDER BY o.id FOR UPDATE);
  v_torn_databases := ARRAY(
    SELECT d.id FROM databases AS d WHERE d.realm_id = v_source AND d.id = ANY (v_databases) AND d.server_id <> ALL (p_servers) ORDER BY d.id);
  v_torn_documents := ARRAY(
    SELECT o.id FROM documents AS o WHERE o.realm_id = v_source AND o.id = ANY (v_documents) AND o.database_id IS NOT NULL AND o.database_id <> ALL (v_databases) ORDER BY o.id);
  SELECT array_agg(d.id ORDER BY d.id),
         array_agg((SELECT d.name || ' ' || n FROM generate_series(2, 10000) AS n
                    WHERE NOT EXISTS (SELECT FROM databases AS b WHERE b.realm_id IN (v_source, p_target) AND b.name = d.name || ' ' || n) LIMIT 1)
                   ORDER BY d.id)
    INTO v_clashes, v_new_names
  FROM databases AS d JOIN databases AS taken ON taken.realm_id = p_target AND taken.name = d.name WHERE d.realm_id = v_source AND d.id = ANY (v_databases);

  v_moved := jsonb_build_object(
    'servers', cardinality(p_servers), 'databases', cardinality(v_databases), 'documents', cardinality(v_documents),
    'jobs', (SELECT count(*) FROM jobs AS j WHERE j.realm_id = v_source AND j.document_id = ANY (v_documents)));
  RETURN QUERY
    SELECT 'moved', k.kind, NULL, NULL, NULL, (v_moved ->> (k.kind || 's'))::bigint FROM unnest('{server,database,document,job}'::text[]) AS k (kind);
  RETURN QUERY
    SELECT 'torn', 'database', d.id::text, d.name, d.server_id::text, NULL::bigint FROM databases AS d
    WHERE d.realm_id = v_source AND d.id = ANY (v_torn_databases[:100]);
  RETURN QUERY
    SELECT 'torn', 'document', o.id::text, o.name, o.database_id::text, NULL::bigint FROM documents AS o
    WHERE o.realm_id = v_source AND o.id = ANY (v_torn_documents[:100]);
  RETURN QUERY
    SELECT 'taken', 'database', c.id::text, d.name, c.new_name, NULL::bigint
    FROM unnest(v_clashes[:100], v_new_names[:100]) AS c (id, new_name) JOIN databases AS d ON d.realm_id = v_source AND d.id = c.id;
  IF p_dry_run OR (v_torn_databases <> '{}' AND p_server IS NULL) OR (v_torn_documents <> '{}' AND NOT p_detach) OR (v_clashes IS NOT NULL AND NOT p_rename) THEN
    RETURN;
  END IF;

  SET CONSTRAINTS realms.databases_realm_id_server_id_fkey, realms.documents_realm_id_database_id_fkey, realms.jobs_realm_id_document_id_fkey DEFERRED;
  UPDATE databases AS d SET name = c.new_name FROM unnest(v_clashes, v_new_names) AS c (id, new_name) WHERE d.realm_id = v_source AND d.id = c.id;
  UPDATE database_servers AS s SET realm_id = p_target, password = c.password, api_key = c.api_key
  FROM unnest(p_servers, p_passwords, p_api_keys) AS c (id, password, api_key) WHERE s.realm_id = v_source AND s.id = c.id;
  -- Where keys cascade, databases have gone with their servers by now, and documents go with their databases.
  UPDATE databases AS d SET realm_id = p_target WHERE d.realm_id = v_source AND d.id = ANY (v_databases) AND d.server_id = ANY (p_servers);
  UPDATE databases AS d SET realm_id = p_target, server_id = p_server WHERE d.realm_id = v_source AND d.id = ANY (v_torn_databases);
  UPDATE documents AS o SET realm_id = p_target, database_id = NULL WHERE o.realm_id = v_source AND o.id = ANY (v_torn_documents);
  UPDATE documents AS o SET realm_id = p_target WHERE o.realm_id = v_source AND o.id = ANY (v_documents);
  UPDATE jobs AS j SET realm_id = p_target WHERE j.realm_id = v_source AND j.document_id = ANY (v_documents);
  SET CONSTRAINTS realms.databases_realm_id_server_id_fkey, realms.documents_realm_id_database_id_fkey, realms.jobs_realm_id_document_id_fkey IMMEDIATE;
  IF EXISTS (SELECT FROM jsonb_each(v_moved) AS m WHERE m.value <> '0') THEN
    PERFORM note_event(v_source, 'rows-moved-out', v_moved || jsonb_build_object('realmId', p_target)),
            note_event(p_target, 'rows-moved-in', v_moved || jsonb_build_object('realmId', v_source));
  END IF;
END $$;
