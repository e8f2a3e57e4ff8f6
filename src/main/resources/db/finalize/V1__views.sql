-- The pre-realm application is gone, and what stood under the old names for it.
DO $$
DECLARE
  v_table text;
BEGIN
  FOREACH v_table IN ARRAY '{users,user_settings,database_servers,databases,documents,jobs,api_keys}'::text[] LOOP
    EXECUTE coalesce((SELECT format('DROP VIEW IF EXISTS %I.%I', schema_name, v_table) FROM migration.origin), 'SELECT');
  END LOOP;
END $$;
