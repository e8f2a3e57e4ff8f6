-- What is unique is unique in its realm: nothing is learned of another one, and a table can be distributed by realm.
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS api_keys_realm_id_key_key ON api_keys (realm_id, key);
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS api_keys_realm_id_key_hash_key ON api_keys (realm_id, api_key_hash(key));
CREATE INDEX CONCURRENTLY IF NOT EXISTS api_keys_previous_key_realm_id_idx ON api_keys (previous_key, realm_id) WHERE previous_key IS NOT NULL;
