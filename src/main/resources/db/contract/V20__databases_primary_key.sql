-- The key starts with the realm: an id says nothing outside its realm.
-- SET NOT NULL stands alone: in one command with the drop of the validated check it would not see it and scan the table.
ALTER TABLE documents DROP CONSTRAINT documents_database_id_fkey;
ALTER TABLE databases ALTER COLUMN realm_id SET NOT NULL;
ALTER TABLE databases
  DROP CONSTRAINT databases_realm_id_check,
  DROP CONSTRAINT databases_name_user_id_key,
  ADD CONSTRAINT databases_name_realm_id_key UNIQUE USING INDEX databases_name_realm_id_key,
  DROP CONSTRAINT databases_pkey,
  ADD CONSTRAINT databases_pkey PRIMARY KEY USING INDEX databases_realm_id_id_key;
CALL migration.keep_replica_identity('databases');
