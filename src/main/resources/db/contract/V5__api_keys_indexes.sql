-- Built while everybody goes on working; a half-built one of an earlier try is dropped before this runs.
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS api_keys_realm_id_id_key ON api_keys (realm_id, id);
CREATE INDEX CONCURRENTLY IF NOT EXISTS api_keys_realm_id_created_at_id_idx ON api_keys (realm_id, created_at DESC, id DESC);
CREATE INDEX CONCURRENTLY IF NOT EXISTS api_keys_user_id_realm_id_idx ON api_keys (user_id, realm_id);
