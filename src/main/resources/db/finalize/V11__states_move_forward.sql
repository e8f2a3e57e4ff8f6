-- Whoever writes them.
DROP TRIGGER documents_state_moves ON documents;
CREATE TRIGGER documents_state_moves AFTER UPDATE OF state ON documents
  FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION check_document_moves();
DROP TRIGGER jobs_status_moves ON jobs;
CREATE TRIGGER jobs_status_moves AFTER UPDATE OF status ON jobs
  FOR EACH ROW WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION check_job_moves();
