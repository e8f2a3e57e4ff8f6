-- Built while everybody goes on working; a half-built one of an earlier try is dropped before this runs. The key without the realm stays
-- in force until the finalization: the pre-realm application finds, inserts and updates by it, and a rollback needs it.
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS jobs_id_key ON jobs (id);
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS jobs_realm_id_id_key ON jobs (realm_id, id);
CREATE INDEX CONCURRENTLY IF NOT EXISTS jobs_realm_id_created_at_id_idx ON jobs (realm_id, created_at DESC, id DESC);
CREATE INDEX CONCURRENTLY IF NOT EXISTS jobs_realm_id_name_key_id_idx ON jobs (realm_id, name_key, id) INCLUDE (created_at);
CREATE INDEX CONCURRENTLY IF NOT EXISTS jobs_user_id_realm_id_idx ON jobs (user_id, realm_id);
CREATE INDEX CONCURRENTLY IF NOT EXISTS jobs_realm_id_document_id_created_at_id_idx ON jobs (realm_id, document_id, created_at DESC, id DESC);
