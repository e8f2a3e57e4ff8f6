-- The key starts with the realm: an id says nothing outside its realm.
-- SET NOT NULL stands alone: in one command with the drop of the validated check it would not see it and scan the table.
-- What refers to it by the id alone: jobs.
CALL migration.drop_references('documents');
ALTER TABLE documents ALTER COLUMN realm_id SET NOT NULL;
ALTER TABLE documents
  DROP CONSTRAINT documents_realm_id_check,
  DROP CONSTRAINT documents_pkey,
  ADD CONSTRAINT documents_pkey PRIMARY KEY USING INDEX documents_realm_id_id_key;
CALL migration.keep_replica_identity('documents');
CALL migration.bring_references_back('documents', 'reference of others');
