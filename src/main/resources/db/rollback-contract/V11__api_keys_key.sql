-- Back to the key without the realm. What refers to realms goes, and what refers here refers to the id alone again, asked of the old rows later.
ALTER TABLE api_keys DISABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS api_keys_of_open_realm ON api_keys;
ALTER TABLE api_keys DROP CONSTRAINT IF EXISTS api_keys_realm_id_key_key;
ALTER TABLE api_keys
  DROP CONSTRAINT IF EXISTS api_keys_realm_id_fkey,
  DROP CONSTRAINT IF EXISTS api_keys_realm_kept_check,
  DROP CONSTRAINT IF EXISTS api_keys_realm_id_check,
  DROP COLUMN IF EXISTS realm_kept;
CALL migration.give_key_back('api_keys');
ALTER TABLE api_keys ALTER COLUMN realm_id DROP NOT NULL;
