-- For an application that goes on without the service's API: the tables as views under the old names, with their realms, and the realms themselves.
-- Whoever reads them needs the rights on the tables, and finds what row-level security shows them: one realm, once it is entered.
DO $$
DECLARE
  v_origin   migration.origin;
  v_table    record;
  v_column   text;
  v_right    record;
BEGIN
  SELECT * INTO v_origin FROM migration.origin WHERE realm_views;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  FOR v_table IN
    SELECT oid, relname, relacl, relowner FROM pg_class
    WHERE relnamespace = 'realms'::regnamespace AND relkind = 'r' AND NOT relispartition AND relname <> 'idempotent_requests'
  LOOP
    SELECT string_agg(format('%I AS %I', attname, CASE WHEN v_table.relname = 'realms' OR migration.our_name(v_table.relname, migration.old_name(attname)) = attname
                                                         OR attname ~ '^(realm_id|current_realm_id|expires_at|revoked_at|previous_key|previous_key_expires_at|last_used_network|document_count)$'
                                                       THEN migration.old_name(attname) ELSE attname END), ', ' ORDER BY attnum)
    INTO v_column FROM pg_attribute WHERE attrelid = v_table.oid AND attnum > 0 AND NOT attisdropped AND attname NOT IN ('realm_kept', 'name_key', 'known_networks');
    EXECUTE format('CREATE VIEW %I.%I WITH (security_invoker = true) AS SELECT %s FROM realms.%I', v_origin.schema_name, v_table.relname, v_column, v_table.relname);
    CALL migration.close_to_others(format('%I.%I', v_origin.schema_name, v_table.relname)::regclass);
    FOR v_right IN
      SELECT privilege_type, migration.grantee(grantee) AS grantee
      FROM aclexplode(v_table.relacl) WHERE grantee <> v_table.relowner AND privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
    LOOP
      EXECUTE format('GRANT %s ON %I.%I TO %s', v_right.privilege_type, v_origin.schema_name, v_table.relname, v_right.grantee);
      EXECUTE format('GRANT USAGE ON SCHEMA realms TO %s', v_right.grantee);
    END LOOP;
  END LOOP;
  -- Roles from before realms see their realms, and enter them.
  FOR v_right IN
    SELECT DISTINCT grantee::regrole AS grantee FROM pg_class, aclexplode(relacl)
    WHERE relnamespace = 'realms'::regnamespace AND relname = 'documents' AND grantee NOT IN (0, relowner)
  LOOP
    EXECUTE format('GRANT SELECT ON realms.realms, %I.realms TO %s', v_origin.schema_name, v_right.grantee);
    EXECUTE format('GRANT EXECUTE ON FUNCTION realms.enter_user(${id}), realms.enter_realm(uuid, ${id}, text), realms.open_realm(uuid, ${id}),
                    realms.open_realm(uuid, ${id}, text), realms.open_realm_id(), realms.open_user_id() TO %s', v_right.grantee);
  END LOOP;
END $$;
