-- Asks every old row; writers go on meanwhile.
ALTER TABLE documents VALIDATE CONSTRAINT documents_database_id_fkey;
