-- Asks every old row; writers go on meanwhile.
ALTER TABLE jobs VALIDATE CONSTRAINT jobs_document_id_fkey;
