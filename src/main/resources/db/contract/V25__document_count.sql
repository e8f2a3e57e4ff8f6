-- A database's document count is counted by the database itself: what an application writes there is ignored.
CREATE FUNCTION count_documents() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
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
  ELSIF pg_trigger_depth() = 1 THEN
    NEW.document_count := OLD.document_count;
  END IF;
  RETURN NEW;
END $$;
LOCK TABLE databases, documents IN SHARE ROW EXCLUSIVE MODE;
UPDATE databases AS d SET document_count = c.documents
FROM (SELECT b.realm_id, b.id, count(o.id) AS documents
      FROM databases b LEFT JOIN documents o ON o.realm_id = b.realm_id AND o.database_id = b.id GROUP BY b.realm_id, b.id) AS c
WHERE d.realm_id = c.realm_id AND d.id = c.id AND d.document_count <> c.documents;
CREATE TRIGGER documents_counted AFTER INSERT OR DELETE ON documents FOR EACH ROW EXECUTE FUNCTION count_documents();
CREATE TRIGGER documents_moved AFTER UPDATE OF database_id ON documents
  FOR EACH ROW WHEN (OLD.database_id IS DISTINCT FROM NEW.database_id) EXECUTE FUNCTION count_documents();
CREATE TRIGGER databases_document_count BEFORE INSERT OR UPDATE OF document_count ON databases
  FOR EACH ROW EXECUTE FUNCTION keep_document_count();
