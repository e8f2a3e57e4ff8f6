-- Documents and jobs move only forward along the arrows of the domain; a job that has not ended may fail or be cancelled from anywhere.
-- The pre-realm application moves them as it always did, until the finalization.
CREATE FUNCTION check_document_moves() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF array_position('{PENDING,INGESTING,INGESTED,DEPRECATED,DELETED}', NEW.state::text)
     < array_position('{PENDING,INGESTING,INGESTED,DEPRECATED,DELETED}', OLD.state::text) THEN
    RAISE EXCEPTION 'a document does not go back from % to %', OLD.state, NEW.state
      USING ERRCODE = 'check_violation', CONSTRAINT = 'documents_state_moves_check';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER documents_state_moves AFTER UPDATE OF state ON documents
  FOR EACH ROW WHEN (OLD.state <> NEW.state AND coalesce(current_setting('app.realm_id', true), '') <> '') EXECUTE FUNCTION check_document_moves();

CREATE FUNCTION check_job_moves() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF OLD.status::text IN ('FINISHED', 'FAILED', 'CANCELLED')
     OR array_position('{PENDING,WAITING_FOR_REMOTE_WORKER,PROCESSING,FINISHED,FAILED,CANCELLED}', NEW.status::text)
        < array_position('{PENDING,WAITING_FOR_REMOTE_WORKER,PROCESSING,FINISHED,FAILED,CANCELLED}', OLD.status::text) THEN
    RAISE EXCEPTION 'a job does not go from % to %', OLD.status, NEW.status
      USING ERRCODE = 'check_violation', CONSTRAINT = 'jobs_status_moves_check';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER jobs_status_moves AFTER UPDATE OF status ON jobs
  FOR EACH ROW WHEN (OLD.status <> NEW.status AND coalesce(current_setting('app.realm_id', true), '') <> '') EXECUTE FUNCTION check_job_moves();
