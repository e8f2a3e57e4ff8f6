-- Back to the key without the realm. What refers to realms goes, and what refers here refers to the id alone again, asked of the old rows later.
ALTER TABLE database_servers DISABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS database_servers_of_open_realm ON database_servers;
ALTER TABLE databases DROP CONSTRAINT IF EXISTS databases_realm_id_server_id_fkey;
ALTER TABLE database_servers
  DROP CONSTRAINT IF EXISTS database_servers_realm_id_fkey,
  DROP CONSTRAINT IF EXISTS database_servers_realm_kept_check,
  DROP CONSTRAINT IF EXISTS database_servers_realm_id_check,
  DROP COLUMN IF EXISTS realm_kept;
CALL migration.give_key_back('database_servers');
ALTER TABLE database_servers ALTER COLUMN realm_id DROP NOT NULL;
