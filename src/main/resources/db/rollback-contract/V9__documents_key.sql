-- Back to the key without the realm. What refers to realms goes, and what refers here refers to the id alone again, asked of the old rows later.
ALTER TABLE documents DISABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS documents_of_open_realm ON documents;
DROP TRIGGER IF EXISTS documents_state_moves ON documents;
ALTER TABLE documents DROP CONSTRAINT IF EXISTS documents_quality_check;
ALTER TABLE jobs DROP CONSTRAINT IF EXISTS jobs_realm_id_document_id_fkey;
ALTER TABLE documents
  DROP CONSTRAINT IF EXISTS documents_realm_id_fkey,
  DROP CONSTRAINT IF EXISTS documents_realm_kept_check,
  DROP CONSTRAINT IF EXISTS documents_realm_id_check,
  DROP COLUMN IF EXISTS realm_kept;
CALL migration.give_key_back('documents');
ALTER TABLE documents ALTER COLUMN realm_id DROP NOT NULL;
