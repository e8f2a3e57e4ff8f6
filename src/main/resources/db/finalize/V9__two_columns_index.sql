-- Built while everybody goes on working; a half-built one of an earlier try is dropped before this runs.
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS databases_pre_realm_name_realm_id_key ON databases (pre_realm_name, realm_id);
