-- Back to the key without the realm. What refers to realms goes, and what refers here refers to the id alone again, asked of the old rows later.
ALTER TABLE databases DISABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS databases_of_open_realm ON databases;
DROP TRIGGER IF EXISTS documents_added ON documents;
DROP TRIGGER IF EXISTS documents_gone ON documents;
DROP TRIGGER IF EXISTS documents_moved ON documents;
DROP TRIGGER IF EXISTS databases_old_count ON databases;
ALTER TABLE databases DROP CONSTRAINT IF EXISTS databases_name_realm_id_key;
ALTER TABLE documents DROP CONSTRAINT IF EXISTS documents_realm_id_database_id_fkey;
ALTER TABLE databases
  DROP CONSTRAINT IF EXISTS databases_realm_id_fkey,
  DROP CONSTRAINT IF EXISTS databases_realm_kept_check,
  DROP CONSTRAINT IF EXISTS databases_realm_id_check,
  DROP CONSTRAINT IF EXISTS databases_name_check,
  DROP COLUMN IF EXISTS realm_kept;
CALL migration.give_key_back('databases');
ALTER TABLE databases ALTER COLUMN realm_id DROP NOT NULL, ALTER COLUMN name DROP NOT NULL;
