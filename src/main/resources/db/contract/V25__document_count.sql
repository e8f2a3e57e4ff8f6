-- A database's document count is counted by the database itself: what an application writes there is ignored,
-- but for the next script, which sets right what was wrong before.
CREATE FUNCTION count_documents() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    -- Two documents that change places would wait for each other: everybody takes the two databases in one order.
    PERFORM FROM databases WHERE realm_id = NEW.realm_id AND id IN (OLD.database_id, NEW.database_id) ORDER BY id FOR NO KEY UPDATE;
  END IF;
  IF TG_OP <> 'INSERT' AND OLD.database_id IS NOT NULL THEN
    UPDATE databases SET document_count = document_count - 1 WHERE realm_id = OLD.realm_id AND id = OLD.database_id;
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.database_id IS NOT NULL THEN
    UPDATE databases SET document_count = document_count + 1 WHERE realm_id = NEW.realm_id AND id = NEW.database_id;
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION keep_document_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.document_count := 0;
  ELSIF pg_trigger_depth() = 1 AND current_setting('realms.recount', true) IS DISTINCT FROM 'on' THEN
    NEW.document_count := OLD.document_count;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER documents_counted AFTER INSERT OR DELETE ON documents FOR EACH ROW EXECUTE FUNCTION count_documents();
CREATE TRIGGER documents_moved AFTER UPDATE OF database_id ON documents
  FOR EACH ROW WHEN (OLD.database_id IS DISTINCT FROM NEW.database_id) EXECUTE FUNCTION count_documents();
CREATE TRIGGER databases_document_count BEFORE INSERT OR UPDATE OF document_count ON databases
  FOR EACH ROW EXECUTE FUNCTION keep_document_count();
