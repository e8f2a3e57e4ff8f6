-- The key starts with the realm: an id says nothing outside its realm.
-- SET NOT NULL stands alone: in one command with the drop of the validated check it would not see it and scan the table.
CALL migration.drop_references('api_keys');
ALTER TABLE api_keys ALTER COLUMN realm_id SET NOT NULL;
ALTER TABLE api_keys
  DROP CONSTRAINT api_keys_realm_id_check,
  ADD CONSTRAINT api_keys_realm_id_key_key UNIQUE USING INDEX api_keys_realm_id_key_key,
  DROP CONSTRAINT api_keys_pkey,
  ADD CONSTRAINT api_keys_pkey PRIMARY KEY USING INDEX api_keys_realm_id_id_key;
-- Keys are found by their hash, whose index need not be unique.
DROP INDEX IF EXISTS api_keys_previous_key_key;
CALL migration.keep_replica_identity('api_keys');
CALL migration.bring_references_back('api_keys', 'reference of others');
