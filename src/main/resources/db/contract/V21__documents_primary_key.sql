-- The key starts with the realm: an id says nothing outside its realm.
-- SET NOT NULL stands alone: in one command with the drop of the validated check it would not see it and scan the table.
ALTER TABLE jobs DROP CONSTRAINT jobs_document_id_fkey;
ALTER TABLE documents ALTER COLUMN realm_id SET NOT NULL;
ALTER TABLE documents
  DROP CONSTRAINT documents_realm_id_check,
  DROP CONSTRAINT documents_pkey,
  ADD CONSTRAINT documents_pkey PRIMARY KEY USING INDEX documents_realm_id_id_key;
CALL migration.keep_replica_identity('documents');
