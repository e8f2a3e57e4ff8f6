-- Keys are found by their hash, whose index need not be unique.
ALTER TABLE api_keys
  DROP CONSTRAINT api_keys_key_key,
  ADD CONSTRAINT api_keys_realm_id_key_key UNIQUE USING INDEX api_keys_realm_id_key_key;
DROP INDEX IF EXISTS api_keys_previous_key_key;
CALL migration.keep_replica_identity('api_keys');
