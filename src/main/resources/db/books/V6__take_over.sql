-- Our name of a pre-realm column that has another one. Two are two columns until the finalization: the name of a database, which is unique in its
-- realm to us, and among its user's to the pre-realm application; and the count of its documents, which the database keeps for us, and the
-- application for itself.
CREATE FUNCTION migration.our_name(p_table text, p_column text) RETURNS text LANGUAGE sql IMMUTABLE STRICT SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE WHEN p_table = 'databases' AND p_column = 'name' THEN 'pre_realm_name'
              WHEN p_table = 'databases' AND p_column IN ('document_count', 'documentCount') THEN 'pre_realm_document_count'
              WHEN p_column = ANY ('{userId,serverId,databaseId,documentId,createdAt,updatedAt,autoSave,defaultDatabase,documentCount,lastUpdated,
    uploadDate,lastUsed,apiKey,isActive,lastConnected,documentName,documentType,startDate,endDate}'::text[])
    THEN lower(regexp_replace(p_column, '([A-Z])', '_\1', 'g')) ELSE p_column END
$$;

-- A column of ours, named as the installation names its columns.
CREATE FUNCTION migration.old_name(p_column text) RETURNS text LANGUAGE sql STABLE STRICT SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE WHEN shape = 'prisma' THEN lower(left(p_column, 1)) || substr(replace(initcap(replace(p_column, '_', ' ')), ' ', ''), 2)
              ELSE p_column END
  FROM migration.origin
$$;

-- Moves a table to the schema realms and gives its columns our names. In its place, under the old names, stands a view that shows and
-- takes what the table did, with the rights of the table's owner: row-level security does not bind it. Whoever had rights on the table has
-- them on the view, the runtime role excepted. Changes the catalogue only.
CREATE PROCEDURE migration.take_over(p_table text, p_app regrole)
  LANGUAGE plpgsql SET search_path = migration, pg_temp AS $$
DECLARE
  v_schema   text := (SELECT schema_name FROM origin);
  v_table    regclass := format('%I.%I', v_schema, p_table)::regclass;
  v_columns  text[] := ARRAY(SELECT attname FROM pg_attribute WHERE attrelid = v_table AND attnum > 0 AND NOT attisdropped ORDER BY attnum);
  v_owner    regrole := (SELECT relowner FROM pg_class WHERE oid = v_table);
  v_column   text;
  v_grant    text;
BEGIN
  EXECUTE format('ALTER TABLE %s SET SCHEMA realms', v_table);
  FOREACH v_column IN ARRAY v_columns LOOP
    IF our_name(p_table, v_column) <> v_column THEN
      EXECUTE format('ALTER TABLE realms.%I RENAME COLUMN %I TO %I', p_table, v_column, our_name(p_table, v_column));
    END IF;
  END LOOP;
  EXECUTE format('CREATE VIEW %I.%I AS SELECT %s FROM realms.%I', v_schema, p_table,
                 (SELECT string_agg(format('%I AS %I', a.attname, o.old), ', ' ORDER BY attnum)
                  FROM pg_attribute AS a JOIN unnest(v_columns) WITH ORDINALITY AS o (old, n)
                    ON o.n = (SELECT count(*) FROM pg_attribute AS b WHERE b.attrelid = v_table AND b.attnum BETWEEN 1 AND a.attnum AND NOT b.attisdropped)
                  WHERE attrelid = v_table AND attnum > 0 AND NOT attisdropped), p_table);
  IF v_owner <> quote_ident(current_user)::regrole THEN
    EXECUTE format('GRANT USAGE ON SCHEMA realms TO %s', v_owner);
    EXECUTE format('ALTER VIEW %I.%I OWNER TO %s', v_schema, p_table, v_owner);
  END IF;
  CALL close_to_others(format('%I.%I', v_schema, p_table)::regclass);
  FOR v_grant IN
    SELECT format('GRANT %s ON %I.%I TO %s', privilege_type, v_schema, p_table, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END)
           || CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
    FROM pg_class, aclexplode(relacl) WHERE oid = v_table AND grantee NOT IN (v_owner, p_app)
    UNION ALL
    SELECT format('GRANT %s (%I) ON %I.%I TO %s', privilege_type, v_columns[(
                    SELECT count(*) FROM pg_attribute AS b WHERE b.attrelid = v_table AND b.attnum BETWEEN 1 AND a.attnum AND NOT b.attisdropped)],
                  v_schema, p_table, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END)
           || CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
    FROM pg_attribute AS a, aclexplode(attacl) WHERE attrelid = v_table AND NOT attisdropped AND grantee NOT IN (v_owner, p_app)
  LOOP
    EXECUTE v_grant;
  END LOOP;
END $$;

-- Whatever the installation's default privileges give to new things.
CREATE PROCEDURE migration.close_to_others(p_view regclass)
  LANGUAGE plpgsql SET search_path = migration, pg_temp AS $$
DECLARE
  v_grantee text;
BEGIN
  FOR v_grantee IN
    SELECT DISTINCT CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END
    FROM pg_class, aclexplode(relacl) WHERE oid = p_view AND grantee <> relowner
  LOOP
    EXECUTE format('REVOKE ALL ON %s FROM %s', p_view, v_grantee);
  END LOOP;
END $$;

-- The view goes first: the other order has the application meet a table of its name that lacks its columns.
CREATE PROCEDURE migration.give_back(p_table text, p_app regrole)
  LANGUAGE plpgsql SET search_path = migration, pg_temp AS $$
DECLARE
  v_schema  text := (SELECT schema_name FROM origin);
  v_view    regclass := to_regclass(format('%I.%I', v_schema, p_table));
  v_right   text;
  v_rename  text;
  v_renames text[];
BEGIN
  IF to_regclass(format('realms.%I', p_table)) IS NULL THEN
    RETURN;
  END IF;
  -- The view says which column had which name.
  v_renames := ARRAY(
    SELECT format('ALTER TABLE realms.%I RENAME COLUMN %I TO %I', p_table, t.attname, v.attname)
    FROM pg_attribute AS v JOIN pg_attribute AS t ON t.attrelid = format('realms.%I', p_table)::regclass AND t.attname = our_name(p_table, v.attname)
    WHERE v.attrelid = format('%I.%I', v_schema, p_table)::regclass AND v.attnum > 0 AND t.attname <> v.attname);
  -- What was given or taken on the view meanwhile is meant for the table.
  FOR v_right IN
    WITH rights AS (
      SELECT c.oid = v_view AS on_view, privilege_type, grantee, is_grantable
      FROM pg_class AS c, aclexplode(relacl) WHERE c.oid IN (v_view, format('realms.%I', p_table)::regclass) AND grantee NOT IN (relowner, p_app))
    SELECT format(CASE WHEN on_view THEN 'GRANT %s ON realms.%I TO %s%s' ELSE 'REVOKE %s ON realms.%I FROM %s' END, privilege_type, p_table,
                  CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END, CASE WHEN on_view AND is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
    FROM rights AS r WHERE NOT EXISTS (SELECT FROM rights AS o WHERE o.on_view <> r.on_view AND (o.privilege_type, o.grantee) = (r.privilege_type, r.grantee))
  LOOP
    EXECUTE v_right;
  END LOOP;
  EXECUTE format('DROP VIEW %s', v_view);
  FOREACH v_rename IN ARRAY v_renames LOOP
    EXECUTE v_rename;
  END LOOP;
  EXECUTE format('ALTER TABLE realms.%I SET SCHEMA %I', p_table, v_schema);
END $$;
