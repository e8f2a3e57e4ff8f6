-- Asks every old row; writers go on meanwhile.
ALTER TABLE jobs VALIDATE CONSTRAINT jobs_realm_kept_check;
ALTER TABLE jobs VALIDATE CONSTRAINT jobs_realm_id_check;
ALTER TABLE jobs VALIDATE CONSTRAINT jobs_realm_id_fkey;
ALTER TABLE jobs VALIDATE CONSTRAINT jobs_realm_id_document_id_fkey;
ALTER TABLE jobs VALIDATE CONSTRAINT jobs_percentage_check;
ALTER TABLE jobs VALIDATE CONSTRAINT jobs_end_date_check;
ALTER TABLE jobs VALIDATE CONSTRAINT jobs_ended_check;
