-- Our name of a pre-realm column that has another one. Two are two columns until the finalization: the name of a database, which is unique in its
-- realm to us, and among its user's to the pre-realm application; and the count of its documents, which the database keeps for us, and the
-- application for itself.
CREATE FUNCTION migration.our_name(p_table text, p_column text) RETURNS text LANGUAGE sql IMMUTABLE STRICT SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE WHEN p_table = 'databases' AND p_column = 'name' THEN 'pre_realm_name'
              WHEN p_table = 'databases' AND p_column IN ('document_count', 'documentCount') THEN 'pre_realm_document_count'
              WHEN p_table || '.' || p_column = ANY ('{${camelCase}}'::text[])
                THEN lower(regexp_replace(p_column, '([A-Z])', '_\1', 'g')) ELSE p_column END
$$;

-- A column of ours, named as the installation names its columns.
CREATE FUNCTION migration.old_name(p_column text) RETURNS text LANGUAGE sql STABLE STRICT SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE WHEN shape = 'prisma' THEN lower(left(p_column, 1)) || substr(replace(initcap(replace(p_column, '_', ' ')), ' ', ''), 2)
              ELSE p_column END
  FROM migration.origin
$$;

-- As GRANT and REVOKE name it.
CREATE FUNCTION migration.grantee(p_role oid) RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE p_role WHEN 0 THEN 'PUBLIC' ELSE p_role::regrole::text END
$$;

-- One after the other; they name schemas.
CREATE FUNCTION migration.execute_all(p_statements text[]) RETURNS void
  LANGUAGE plpgsql SET search_path = migration, pg_temp AS $$
DECLARE
  v_statement text;
BEGIN
  FOREACH v_statement IN ARRAY p_statements LOOP
    EXECUTE v_statement;
  END LOOP;
END $$;

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
BEGIN
  EXECUTE format('ALTER TABLE %s SET SCHEMA realms', v_table);
  PERFORM execute_all(ARRAY(
    SELECT format('ALTER TABLE realms.%I RENAME COLUMN %I TO %I', p_table, name, our_name(p_table, name))
    FROM unnest(v_columns) AS name WHERE our_name(p_table, name) <> name));
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
  PERFORM execute_all(ARRAY(
    SELECT format('GRANT %s ON %I.%I TO %s', privilege_type, v_schema, p_table, grantee(grantee))
           || CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
    FROM pg_class, aclexplode(relacl) WHERE oid = v_table AND grantee NOT IN (v_owner, p_app)
    UNION ALL
    SELECT format('GRANT %s (%I) ON %I.%I TO %s', privilege_type, v_columns[(
                    SELECT count(*) FROM pg_attribute AS b WHERE b.attrelid = v_table AND b.attnum BETWEEN 1 AND a.attnum AND NOT b.attisdropped)],
                  v_schema, p_table, grantee(grantee))
           || CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
    FROM pg_attribute AS a, aclexplode(attacl) WHERE attrelid = v_table AND NOT attisdropped AND grantee NOT IN (v_owner, p_app)));
END $$;

-- Whatever the installation's default privileges give to new things.
CREATE PROCEDURE migration.close_to_others(p_view regclass)
  LANGUAGE plpgsql SET search_path = migration, pg_temp AS $$
BEGIN
  PERFORM execute_all(ARRAY(
    SELECT DISTINCT format('REVOKE ALL ON %s FROM %s', p_view, grantee(grantee)) FROM pg_class, aclexplode(relacl) WHERE oid = p_view AND grantee <> relowner));
END $$;

-- The view goes first: the other order has the application meet a table of its name that lacks its columns.
CREATE PROCEDURE migration.give_back(p_table text, p_app regrole)
  LANGUAGE plpgsql SET search_path = migration, pg_temp AS $$
DECLARE
  v_schema  text := (SELECT schema_name FROM origin);
  v_view    regclass := to_regclass(format('%I.%I', v_schema, p_table));
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
  PERFORM execute_all(ARRAY(
    WITH rights AS (
      SELECT c.oid = v_view AS on_view, privilege_type, grantee, is_grantable
      FROM pg_class AS c, aclexplode(relacl) WHERE c.oid IN (v_view, format('realms.%I', p_table)::regclass) AND grantee NOT IN (relowner, p_app))
    SELECT format(CASE WHEN on_view THEN 'GRANT %s ON realms.%I TO %s%s' ELSE 'REVOKE %s ON realms.%I FROM %s' END, privilege_type, p_table,
                  grantee(grantee), CASE WHEN on_view AND is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
    FROM rights AS r WHERE NOT EXISTS (SELECT FROM rights AS o WHERE o.on_view <> r.on_view AND (o.privilege_type, o.grantee) = (r.privilege_type, r.grantee))));
  EXECUTE format('DROP VIEW %s', v_view);
  PERFORM execute_all(v_renames);
  EXECUTE format('ALTER TABLE realms.%I SET SCHEMA %I', p_table, v_schema);
END $$;
