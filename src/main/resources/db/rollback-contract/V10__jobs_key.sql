-- Back to the key without the realm. What refers to realms goes, and what refers here refers to the id alone again, asked of the old rows later.
ALTER TABLE jobs DISABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS jobs_of_open_realm ON jobs;
DROP TRIGGER IF EXISTS jobs_status_moves ON jobs;
ALTER TABLE jobs
  DROP CONSTRAINT IF EXISTS jobs_percentage_check,
  DROP CONSTRAINT IF EXISTS jobs_end_date_check,
  DROP CONSTRAINT IF EXISTS jobs_ended_check;
ALTER TABLE jobs
  DROP CONSTRAINT IF EXISTS jobs_realm_id_fkey,
  DROP CONSTRAINT IF EXISTS jobs_realm_kept_check,
  DROP CONSTRAINT IF EXISTS jobs_realm_id_check,
  DROP COLUMN IF EXISTS realm_kept;
CALL migration.give_key_back('jobs');
ALTER TABLE jobs ALTER COLUMN realm_id DROP NOT NULL;
