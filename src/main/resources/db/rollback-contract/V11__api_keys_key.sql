-- Back to the key without the realm. What refers to realms goes, and what refers here refers to the id alone again, asked of the old rows later.
CALL migration.take_row_level_security_back('api_keys');
DROP POLICY IF EXISTS api_keys_of_open_realm ON api_keys;
ALTER TABLE api_keys DROP CONSTRAINT IF EXISTS api_keys_realm_id_key_key;
ALTER TABLE api_keys
  DROP CONSTRAINT IF EXISTS api_keys_realm_id_fkey,
  DROP CONSTRAINT IF EXISTS api_keys_realm_active_check,
  DROP CONSTRAINT IF EXISTS api_keys_realm_id_check,
  DROP COLUMN IF EXISTS realm_active;
DO $$
BEGIN
  IF (SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'api_keys_pkey' AND conrelid = 'api_keys'::regclass) <> 'PRIMARY KEY (id)' THEN
    ALTER TABLE api_keys
      DROP CONSTRAINT api_keys_pkey,
      ADD CONSTRAINT api_keys_pkey PRIMARY KEY USING INDEX rollback_api_keys_pkey;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'api_keys_key_key' AND conrelid = 'api_keys'::regclass) THEN
    ALTER TABLE api_keys ADD CONSTRAINT api_keys_key_key UNIQUE USING INDEX rollback_api_keys_key_key;
  END IF;
END $$;
ALTER TABLE api_keys ALTER COLUMN realm_id DROP NOT NULL;
