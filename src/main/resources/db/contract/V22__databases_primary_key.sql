-- The key starts with the realm: an id says nothing outside its realm.
-- SET NOT NULL stands alone: in one command with the drop of the validated check it would not see it and scan the table.
-- What refers to it by the id alone: documents.
CALL migration.drop_references('databases');
ALTER TABLE databases ALTER COLUMN realm_id SET NOT NULL, ALTER COLUMN name SET NOT NULL;
ALTER TABLE databases
  DROP CONSTRAINT databases_realm_id_check,
  DROP CONSTRAINT databases_name_check,
  ADD CONSTRAINT databases_name_realm_id_key UNIQUE USING INDEX databases_name_realm_id_key,
  DROP CONSTRAINT databases_pkey,
  ADD CONSTRAINT databases_pkey PRIMARY KEY USING INDEX databases_realm_id_id_key;
CALL migration.keep_replica_identity('databases');
CALL migration.bring_references_back('databases', 'reference of others');
