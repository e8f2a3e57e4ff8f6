-- What a rollback has to know. From its beginning until a later start has brought everything back there is a row in going_back:
-- how the functions were defined that let nobody in meanwhile, whether answers to the preflight have begun to be undone, and whether the
-- realms are only in the archive.
CREATE TABLE migration.going_back (
  only_row     boolean NOT NULL DEFAULT true,
  since        timestamptz NOT NULL DEFAULT clock_timestamp(),
  unfenced     text,
  undoing      boolean NOT NULL DEFAULT false,
  realms_gone  boolean NOT NULL DEFAULT false,
  CONSTRAINT going_back_pkey PRIMARY KEY (only_row),
  CONSTRAINT going_back_only_row_check CHECK (only_row)
);

-- From which state the last rollback came. Called off, it leads back to migrated only from there, and nowhere once the schema or an
-- answer has begun to go back.
ALTER TABLE migration.state ADD COLUMN came_from text;
CREATE FUNCTION migration.check_way_back() RETURNS trigger
  LANGUAGE plpgsql SET search_path = migration, pg_temp AS $$
BEGIN
  IF NEW.state = 'rolling-back' AND OLD.state NOT IN ('rolling-back', 'rollback-failed') THEN
    NEW.came_from := OLD.state;
  ELSIF OLD.state = 'rollback-failed' AND (NEW.state = 'migrated' AND OLD.came_from IS DISTINCT FROM 'migrated'
      OR NEW.state IN ('migrated', 'stopped') AND (to_regclass('public.flyway_rollback_contract_history') IS NOT NULL
                                                   OR to_regclass('public.flyway_rollback_expand_history') IS NOT NULL
                                                   OR EXISTS (SELECT FROM going_back WHERE undoing))) THEN
    RAISE EXCEPTION 'the rollback can''t be called off'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'state_came_from_check';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER state_way_back BEFORE UPDATE ON migration.state FOR EACH ROW EXECUTE FUNCTION migration.check_way_back();

-- What the pre-realm tables had before us and does not survive the way there and back by itself: as statements.
CREATE TABLE migration.as_it_was (
  statement  text NOT NULL,
  CONSTRAINT as_it_was_pkey PRIMARY KEY (statement)
);

-- The rights of a role that it has from the owner, and the statements that give them.
CREATE FUNCTION migration.rights_of(p_role regrole) RETURNS TABLE (object text, privilege text, statement text)
  LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  WITH tables AS (
    SELECT oid, format('TABLE public.%I', relname) AS object, relacl, relowner FROM pg_class
    WHERE relnamespace = 'public'::regnamespace
      AND relname IN ('users', 'user_settings', 'database_servers', 'databases', 'documents', 'jobs', 'api_keys')),
  rights AS (
    SELECT object, privilege_type, '' AS of_column, is_grantable FROM tables, aclexplode(relacl) WHERE grantee = p_role AND grantor = relowner
    UNION ALL SELECT object, privilege_type, format(' (%I)', attname), is_grantable
    FROM tables JOIN pg_attribute ON attrelid = oid AND NOT attisdropped, aclexplode(attacl) WHERE grantee = p_role AND grantor = relowner
    UNION ALL SELECT 'SCHEMA public', privilege_type, '', is_grantable
    FROM pg_namespace, aclexplode(nspacl) WHERE nspname = 'public' AND grantee = p_role AND grantor = nspowner)
  SELECT object, CASE of_column WHEN '' THEN privilege_type END,
         format('GRANT %s%s ON %s TO %s', privilege_type, of_column, object, p_role) || CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
  FROM rights
$$;

-- Only what we gave. With a right on a table go those on its columns, which are given back.
CREATE PROCEDURE migration.take_rights_back(p_role regrole)
  LANGUAGE plpgsql SET search_path = migration, pg_temp AS $$
DECLARE
  v_right record;
BEGIN
  FOR v_right IN SELECT * FROM rights_of(p_role) WHERE privilege IS NOT NULL AND statement NOT IN (SELECT a.statement FROM as_it_was AS a) LOOP
    EXECUTE format('REVOKE %s ON %s FROM %s', v_right.privilege, v_right.object, p_role);
  END LOOP;
  CALL bring_back('GRANT ');
END $$;

-- The statements that begin like this.
CREATE PROCEDURE migration.bring_back(p_beginning text)
  LANGUAGE plpgsql SET search_path = migration, pg_temp AS $$
DECLARE
  v_statement text;
BEGIN
  FOR v_statement IN SELECT statement FROM as_it_was WHERE starts_with(statement, p_beginning) ORDER BY statement LOOP
    EXECUTE v_statement;
  END LOOP;
END $$;

-- Where the installation had it on, it stays on.
CREATE PROCEDURE migration.take_row_level_security_back(p_table text)
  LANGUAGE plpgsql SET search_path = migration, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM as_it_was WHERE statement = format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', p_table)) THEN
    EXECUTE format('ALTER TABLE public.%I DISABLE ROW LEVEL SECURITY', p_table);
  END IF;
END $$;

-- A replica that was told rows by a key that is gone is told them by the primary key: with none, no row that is published could be changed.
CREATE PROCEDURE migration.keep_replica_identity(p_table text)
  LANGUAGE plpgsql SET search_path = migration, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM pg_class AS c WHERE c.oid = format('public.%I', p_table)::regclass AND relreplident = 'i'
               AND NOT EXISTS (SELECT FROM pg_index WHERE indrelid = c.oid AND indisreplident)) THEN
    EXECUTE format('ALTER TABLE public.%I REPLICA IDENTITY DEFAULT', p_table);
  END IF;
END $$;
