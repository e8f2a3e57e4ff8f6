-- What a rollback has to know. From its beginning until a later start has brought everything back there is a row in going_back.
CREATE TABLE migration.going_back (
  only_row  boolean NOT NULL DEFAULT true,
  since     timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT going_back_pkey PRIMARY KEY (only_row),
  CONSTRAINT going_back_only_row_check CHECK (only_row)
);

-- The rights that the runtime role had before us; only ours are taken back. Who has rights on realms has all of them from us.
CREATE TABLE migration.rights_before (
  object_name  text NOT NULL,
  privilege    text NOT NULL,
  CONSTRAINT rights_before_pkey PRIMARY KEY (object_name, privilege)
);
INSERT INTO migration.rights_before (object_name, privilege)
SELECT DISTINCT relname, privilege_type FROM pg_class, aclexplode(relacl)
WHERE relnamespace = 'public'::regnamespace
  AND relname IN ('users', 'user_settings', 'database_servers', 'databases', 'documents', 'jobs', 'api_keys')
  AND grantee = '"${appUser}"'::regrole AND NOT has_table_privilege('"${appUser}"'::regrole, 'realms', 'SELECT')
UNION ALL SELECT DISTINCT 'schema public', privilege_type FROM pg_namespace, aclexplode(nspacl)
WHERE nspname = 'public' AND grantee = '"${appUser}"'::regrole AND NOT has_table_privilege('"${appUser}"'::regrole, 'realms', 'SELECT');

CREATE PROCEDURE migration.take_rights_back(p_role regrole)
  LANGUAGE plpgsql SET search_path = migration, pg_temp AS $$
DECLARE
  v_right record;
BEGIN
  FOR v_right IN
    SELECT relname::text AS object_name, format('TABLE public.%I', relname) AS object, privilege_type AS privilege
    FROM pg_class, aclexplode(relacl)
    WHERE relnamespace = 'public'::regnamespace AND grantee = p_role
      AND relname IN ('users', 'user_settings', 'database_servers', 'databases', 'documents', 'jobs', 'api_keys')
    UNION SELECT 'schema public', 'SCHEMA public', privilege_type FROM pg_namespace, aclexplode(nspacl)
    WHERE nspname = 'public' AND grantee = p_role
  LOOP
    IF NOT EXISTS (SELECT FROM migration.rights_before AS b
                   WHERE b.object_name = v_right.object_name AND b.privilege = v_right.privilege) THEN
      EXECUTE format('REVOKE %s ON %s FROM %s', v_right.privilege, v_right.object, p_role);
    END IF;
  END LOOP;
END $$;
