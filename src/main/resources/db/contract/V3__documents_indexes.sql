-- Built while everybody goes on working; a half-built one of an earlier try is dropped before this runs. The key without the realm stays
-- in force until the finalization: the pre-realm application finds, inserts and updates by it, and a rollback needs it.
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS documents_id_key ON documents (id);
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS documents_realm_id_id_key ON documents (realm_id, id);
CREATE INDEX CONCURRENTLY IF NOT EXISTS documents_realm_id_created_at_id_idx ON documents (realm_id, created_at DESC, id DESC);
CREATE INDEX CONCURRENTLY IF NOT EXISTS documents_realm_id_name_key_id_idx ON documents (realm_id, name_key, id) INCLUDE (created_at);
CREATE INDEX CONCURRENTLY IF NOT EXISTS documents_user_id_realm_id_idx ON documents (user_id, realm_id);
CREATE INDEX CONCURRENTLY IF NOT EXISTS documents_realm_id_database_id_created_at_id_idx ON documents (realm_id, database_id, created_at DESC, id DESC);
