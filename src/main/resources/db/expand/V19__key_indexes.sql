-- Every request that carries a key asks for its hash; a rotated key is looked up by its previous hash as long as its grace time lasts.
CREATE INDEX CONCURRENTLY IF NOT EXISTS api_keys_key_hash_idx ON api_keys (api_key_hash(key));
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS api_keys_previous_key_key ON api_keys (previous_key) WHERE previous_key IS NOT NULL;
