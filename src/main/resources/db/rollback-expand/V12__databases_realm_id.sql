-- Which row was in which realm, and with which name, is in the archive.
ALTER TABLE databases DROP COLUMN IF EXISTS realm_id, DROP COLUMN IF EXISTS name_key, DROP COLUMN IF EXISTS name, DROP COLUMN IF EXISTS document_count;
