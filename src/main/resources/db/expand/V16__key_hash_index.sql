-- Every request that carries a key asks for its hash.
CREATE INDEX CONCURRENTLY IF NOT EXISTS api_keys_key_hash_idx ON api_keys (api_key_hash(key));
