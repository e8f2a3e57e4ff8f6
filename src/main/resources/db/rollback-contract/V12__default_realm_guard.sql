-- Users no longer have to have a default realm; what kept counts and states goes with its triggers.
DROP TRIGGER IF EXISTS users_default_realm_check ON users;
DROP TRIGGER IF EXISTS realms_default_realm_check ON realms;
DROP FUNCTION IF EXISTS check_user_has_default_realm();
DROP FUNCTION IF EXISTS count_documents();
DROP FUNCTION IF EXISTS add_to_counts(uuid[], ${id}[], int[]);
DROP FUNCTION IF EXISTS check_document_moves();
DROP FUNCTION IF EXISTS check_job_moves();
