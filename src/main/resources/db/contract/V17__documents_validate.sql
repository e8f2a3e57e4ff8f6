-- Asks every old row; writers go on meanwhile.
ALTER TABLE documents VALIDATE CONSTRAINT documents_realm_kept_check;
ALTER TABLE documents VALIDATE CONSTRAINT documents_realm_id_check;
ALTER TABLE documents VALIDATE CONSTRAINT documents_realm_id_fkey;
ALTER TABLE documents VALIDATE CONSTRAINT documents_realm_id_database_id_fkey;
ALTER TABLE documents VALIDATE CONSTRAINT documents_quality_check;
