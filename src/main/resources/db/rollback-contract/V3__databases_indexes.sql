-- The keys from before realms, where the contract has not built them. Built while everybody goes on working; a half-built one of an
-- earlier try is dropped before this runs.
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS databases_id_key ON databases (id);
