-- Which row was in which realm is in the archive.
ALTER TABLE database_servers DROP COLUMN IF EXISTS realm_id, DROP COLUMN IF EXISTS name_key;
