-- Built while everybody goes on working; a half-built one of an earlier try is dropped before this runs. The key without the realm stays
-- in force until the finalization: the pre-realm application finds, inserts and updates by it, and a rollback needs it.
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS api_keys_id_key ON api_keys (id);
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS api_keys_realm_id_id_key ON api_keys (realm_id, id);
CREATE INDEX CONCURRENTLY IF NOT EXISTS api_keys_realm_id_created_at_id_idx ON api_keys (realm_id, created_at DESC, id DESC);
CREATE INDEX CONCURRENTLY IF NOT EXISTS api_keys_realm_id_name_key_id_idx ON api_keys (realm_id, name_key, id) INCLUDE (created_at);
CREATE INDEX CONCURRENTLY IF NOT EXISTS api_keys_user_id_realm_id_idx ON api_keys (user_id, realm_id);
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS api_keys_realm_id_key_key ON api_keys (realm_id, key);
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS api_keys_realm_id_key_hash_key ON api_keys (realm_id, api_key_hash(key));
CREATE INDEX CONCURRENTLY IF NOT EXISTS api_keys_previous_key_realm_id_idx ON api_keys (previous_key, realm_id) WHERE previous_key IS NOT NULL;
