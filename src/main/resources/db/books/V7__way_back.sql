-- What the pre-realm tables had before us and does not survive the way there and back by itself: as statements on the tables in realms.
-- kind: 'right', 'reference' and 'reference of others' (to the table in object), 'key' (what hangs on the name of a key).
-- of_table: whose constraint it is; is_valid: whether its old rows were asked.
CREATE TABLE migration.as_it_was (
  id         bigint GENERATED ALWAYS AS IDENTITY,
  kind       text NOT NULL,
  object     text NOT NULL,
  of_table   regclass,
  name       text NOT NULL,
  statement  text NOT NULL,
  is_valid   boolean NOT NULL DEFAULT false,
  CONSTRAINT as_it_was_pkey PRIMARY KEY (id)
);

-- The rights of a role that it has from the owner, and the statements that give them.
CREATE FUNCTION migration.rights_of(p_role regrole) RETURNS TABLE (object text, privilege text, statement text)
  LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  WITH tables AS (
    SELECT oid, format('realms.%I', relname) AS object, relacl, relowner FROM pg_class
    WHERE relnamespace = to_regnamespace('realms')
      AND relname IN ('users', 'user_settings', 'database_servers', 'databases', 'documents', 'jobs', 'api_keys')
    UNION ALL SELECT oid, format('SEQUENCE realms.%I', relname), relacl, relowner FROM pg_class
    WHERE relnamespace = to_regnamespace('realms') AND relkind = 'S'),
  rights AS (
    SELECT object, privilege_type, '' AS of_column, is_grantable FROM tables, aclexplode(relacl) WHERE grantee = p_role AND grantor = relowner
    UNION ALL SELECT object, privilege_type, format(' (%I)', attname), is_grantable
    FROM tables JOIN pg_attribute ON attrelid = oid AND NOT attisdropped, aclexplode(attacl) WHERE grantee = p_role AND grantor = relowner)
  SELECT object, CASE of_column WHEN '' THEN privilege_type END,
         format('GRANT %s%s ON %s TO %s', privilege_type, of_column, object, p_role) || CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
  FROM rights
$$;

-- A key from before realms on exactly these columns, whether it is a constraint or an index.
CREATE PROCEDURE migration.drop_key(p_table text, p_columns name[])
  LANGUAGE plpgsql SET search_path = migration, pg_temp AS $$
BEGIN
  PERFORM execute_all(ARRAY(
    SELECT CASE WHEN conname IS NULL THEN format('DROP INDEX %s', indexrelid::regclass)
                ELSE format('ALTER TABLE realms.%I DROP CONSTRAINT %I', p_table, conname) END
    FROM pg_index LEFT JOIN pg_constraint ON conindid = indexrelid AND contype IN ('p', 'u')
    WHERE indrelid = format('realms.%I', p_table)::regclass AND indisunique AND indpred IS NULL AND indexprs IS NULL AND indnatts = cardinality(p_columns)
      AND (SELECT count(*) FROM pg_attribute WHERE attrelid = indrelid AND attnum = ANY (indkey::int2[]) AND attname = ANY (p_columns)) = indnatts));
END $$;

-- What refers to the primary key of a table, which is about to become another. Noted as it is now: what others have made or dropped since
-- the take-over is theirs.
CREATE PROCEDURE migration.drop_references(p_table text)
  LANGUAGE plpgsql SET search_path = migration, pg_temp AS $$
BEGIN
  DELETE FROM as_it_was WHERE kind LIKE 'reference%' AND object = p_table;
  INSERT INTO as_it_was (kind, object, of_table, name, is_valid, statement)
  SELECT CASE WHEN k.connamespace = 'realms'::regnamespace THEN 'reference' ELSE 'reference of others' END, p_table, conrelid, conname, convalidated,
         format('ALTER TABLE %I.%I ADD CONSTRAINT %I %s', nspname, relname, conname,
                regexp_replace(pg_get_constraintdef(k.oid), 'REFERENCES (realms\.)?', 'REFERENCES realms.'))
         || CASE WHEN convalidated THEN ' NOT VALID' ELSE '' END
         || coalesce(format('; COMMENT ON CONSTRAINT %I ON %I.%I IS %L', conname, nspname, relname, obj_description(k.oid, 'pg_constraint')), '')
  FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = conrelid JOIN pg_namespace AS n ON n.oid = relnamespace
  WHERE contype = 'f' AND confrelid = format('realms.%I', p_table)::regclass AND cardinality(conkey) = 1 AND conparentid = 0;
  PERFORM execute_all(ARRAY(
    SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', of_table, name) FROM as_it_was WHERE kind LIKE 'reference%' AND object = p_table));
END $$;

-- Those that are not there, asked of the old rows later.
CREATE PROCEDURE migration.bring_references_back(p_table text, p_kind text)
  LANGUAGE plpgsql SET search_path = migration, pg_temp AS $$
BEGIN
  PERFORM execute_all(ARRAY(
    SELECT statement FROM as_it_was AS w
    WHERE kind = p_kind AND object = p_table AND NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = w.of_table AND conname = w.name AND contype = 'f')));
END $$;

-- Those that were valid before. Asks every old row; writers go on meanwhile. A rollback goes on where rows refer to nothing, which were written
-- past the reference: it binds new rows then, and was not asked of those.
CREATE PROCEDURE migration.validate_references(p_kind text, p_table text DEFAULT NULL, p_strict boolean DEFAULT false)
  LANGUAGE plpgsql SET search_path = migration, pg_temp AS $$
DECLARE
  v_reference record;
BEGIN
  FOR v_reference IN
    SELECT of_table, conname FROM as_it_was JOIN pg_constraint ON conrelid = of_table AND conname = name AND contype = 'f'
    WHERE kind = p_kind AND object = coalesce(p_table, object) AND is_valid AND NOT convalidated
  LOOP
    BEGIN
      EXECUTE format('ALTER TABLE %s VALIDATE CONSTRAINT %I', v_reference.of_table, v_reference.conname);
    EXCEPTION WHEN foreign_key_violation THEN
      IF p_strict THEN
        RAISE;
      END IF;
      RAISE WARNING 'rows of % refer to nothing: the reference % stays NOT VALID', v_reference.of_table, v_reference.conname;
    END;
  END LOOP;
END $$;

-- The primary key without the realm, and what referred to it.
CREATE PROCEDURE migration.give_key_back(p_table text)
  LANGUAGE plpgsql SET search_path = migration, pg_temp AS $$
BEGIN
  IF (SELECT cardinality(conkey) > 1 FROM pg_constraint WHERE conrelid = format('realms.%I', p_table)::regclass AND contype = 'p') THEN
    EXECUTE format('ALTER TABLE realms.%1$I DROP CONSTRAINT %2$I, ADD CONSTRAINT %2$I PRIMARY KEY USING INDEX %3$I',
                   p_table, p_table || '_pkey', p_table || '_id_key');
  END IF;
  CALL bring_references_back(p_table, 'reference');
END $$;

-- Only what we gave. With a right on a table go those on its columns, which are given back.
CREATE PROCEDURE migration.take_rights_back(p_role regrole)
  LANGUAGE plpgsql SET search_path = migration, pg_temp AS $$
BEGIN
  PERFORM execute_all(ARRAY(
    SELECT format('REVOKE %s ON %s FROM %s', privilege, object, p_role) FROM rights_of(p_role)
    WHERE privilege IS NOT NULL AND statement NOT IN (SELECT a.statement FROM as_it_was AS a)));
  CALL bring_back('right');
END $$;

-- The statements of a kind.
CREATE PROCEDURE migration.bring_back(p_kind text)
  LANGUAGE plpgsql SET search_path = migration, pg_temp AS $$
BEGIN
  PERFORM execute_all(ARRAY(SELECT statement FROM as_it_was WHERE kind = p_kind ORDER BY statement DESC));
END $$;

-- A replica that was told rows by a key that is gone is told them by the primary key: with none, no row that is published could be changed.
CREATE PROCEDURE migration.keep_replica_identity(p_table text)
  LANGUAGE plpgsql SET search_path = migration, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM pg_class AS c WHERE c.oid = format('realms.%I', p_table)::regclass AND relreplident = 'i'
               AND NOT EXISTS (SELECT FROM pg_index WHERE indrelid = c.oid AND indisreplident)) THEN
    EXECUTE format('ALTER TABLE realms.%I REPLICA IDENTITY DEFAULT', p_table);
  END IF;
END $$;

-- Ours, which would see a column that goes.
CREATE PROCEDURE migration.drop_triggers(p_table text)
  LANGUAGE plpgsql SET search_path = migration, pg_temp AS $$
BEGIN
  PERFORM execute_all(ARRAY(
    SELECT format('DROP TRIGGER %I ON realms.%I', tgname, p_table) FROM pg_trigger
    WHERE tgrelid = format('realms.%I', p_table)::regclass AND tgfoid IN (
      to_regprocedure('realms.put_row_into_realm()'), to_regprocedure('realms.follow_reference()'), to_regprocedure('realms.take_rows_along()'),
      to_regprocedure('realms.keep_two_names()'), to_regprocedure('realms.show_old_count()'), to_regprocedure('realms.keep_sealed_credentials()'),
      to_regprocedure('realms.keep_name_key()'), to_regprocedure('realms.note_key_event()'), to_regprocedure('migration.note_change()'))));
END $$;
