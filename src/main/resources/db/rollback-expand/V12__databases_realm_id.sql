-- Which row was in which realm is in the archive.
ALTER TABLE databases DROP COLUMN IF EXISTS realm_id;
