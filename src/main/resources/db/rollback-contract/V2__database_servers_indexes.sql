-- The pre-realm keys. Built while everybody goes on working; a half-built one of an earlier try is dropped before this runs.
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS rollback_database_servers_pkey ON database_servers (id);
