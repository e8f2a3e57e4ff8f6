-- Back to the key without the realm. What refers to realms goes, and what refers here refers to the id alone again, asked of the old rows later.
CALL migration.take_row_level_security_back('database_servers');
DROP POLICY IF EXISTS database_servers_of_open_realm ON database_servers;
ALTER TABLE databases DROP CONSTRAINT IF EXISTS databases_realm_id_server_id_fkey;
ALTER TABLE database_servers
  DROP CONSTRAINT IF EXISTS database_servers_realm_id_fkey,
  DROP CONSTRAINT IF EXISTS database_servers_realm_active_check,
  DROP CONSTRAINT IF EXISTS database_servers_realm_id_check,
  DROP COLUMN IF EXISTS realm_active;
DO $$
BEGIN
  IF (SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'database_servers_pkey' AND conrelid = 'database_servers'::regclass) <> 'PRIMARY KEY (id)' THEN
    ALTER TABLE database_servers
      DROP CONSTRAINT database_servers_pkey,
      ADD CONSTRAINT database_servers_pkey PRIMARY KEY USING INDEX rollback_database_servers_pkey;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'databases_server_id_fkey' AND conrelid = 'databases'::regclass) THEN
    ALTER TABLE databases ADD CONSTRAINT databases_server_id_fkey
      FOREIGN KEY (server_id) REFERENCES database_servers (id) ON DELETE CASCADE NOT VALID;
  END IF;
END $$;
ALTER TABLE database_servers ALTER COLUMN realm_id DROP NOT NULL;
