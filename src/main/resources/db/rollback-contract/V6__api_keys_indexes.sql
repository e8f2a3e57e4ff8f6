-- The pre-realm keys. Built while everybody goes on working; a half-built one of an earlier try is dropped before this runs.
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS rollback_api_keys_pkey ON api_keys (id);
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS rollback_api_keys_key_key ON api_keys (key);
