-- Bounds the domain promises, for rows written from here on; the next file asks the old rows.
ALTER TABLE jobs
  ADD CONSTRAINT jobs_percentage_check CHECK (percentage BETWEEN 0 AND 100) NOT VALID,
  ADD CONSTRAINT jobs_end_date_check CHECK (end_date >= start_date) NOT VALID,
  ADD CONSTRAINT jobs_ended_check CHECK (end_date IS NOT NULL OR status NOT IN ('FINISHED', 'FAILED', 'CANCELLED')) NOT VALID;
ALTER TABLE documents
  ADD CONSTRAINT documents_quality_check CHECK (quality BETWEEN 0 AND 1) NOT VALID;
