-- Back to the key without the realm. What refers to realms goes, and what refers here refers to the id alone again, asked of the old rows later.
CALL migration.take_row_level_security_back('documents');
DROP POLICY IF EXISTS documents_of_open_realm ON documents;
DROP TRIGGER IF EXISTS documents_state_moves ON documents;
ALTER TABLE documents DROP CONSTRAINT IF EXISTS documents_quality_check;
ALTER TABLE jobs DROP CONSTRAINT IF EXISTS jobs_realm_id_document_id_fkey;
ALTER TABLE documents
  DROP CONSTRAINT IF EXISTS documents_realm_id_fkey,
  DROP CONSTRAINT IF EXISTS documents_realm_active_check,
  DROP CONSTRAINT IF EXISTS documents_realm_id_check,
  DROP COLUMN IF EXISTS realm_active;
DO $$
BEGIN
  IF (SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'documents_pkey' AND conrelid = 'documents'::regclass) <> 'PRIMARY KEY (id)' THEN
    ALTER TABLE documents
      DROP CONSTRAINT documents_pkey,
      ADD CONSTRAINT documents_pkey PRIMARY KEY USING INDEX rollback_documents_pkey;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'jobs_document_id_fkey' AND conrelid = 'jobs'::regclass) THEN
    ALTER TABLE jobs ADD CONSTRAINT jobs_document_id_fkey
      FOREIGN KEY (document_id) REFERENCES documents (id) ON DELETE CASCADE NOT VALID;
  END IF;
END $$;
ALTER TABLE documents ALTER COLUMN realm_id DROP NOT NULL;
