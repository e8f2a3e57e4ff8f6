-- The key starts with the realm: an id says nothing outside its realm. The validated check spares SET NOT NULL its scan.
ALTER TABLE jobs DROP CONSTRAINT jobs_document_id_fkey;
ALTER TABLE documents
  ALTER COLUMN realm_id SET NOT NULL,
  DROP CONSTRAINT documents_realm_id_check,
  DROP CONSTRAINT documents_pkey,
  ADD CONSTRAINT documents_pkey PRIMARY KEY USING INDEX documents_realm_id_id_key;
