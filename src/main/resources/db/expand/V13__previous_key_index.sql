-- A rotated key is looked up by its previous hash as long as its grace time lasts.
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS api_keys_previous_key_key ON api_keys (previous_key) WHERE previous_key IS NOT NULL;
