-- What finds keys by their hash.
DROP INDEX CONCURRENTLY IF EXISTS api_keys_key_hash_idx;
DROP INDEX CONCURRENTLY IF EXISTS api_keys_previous_key_key;
