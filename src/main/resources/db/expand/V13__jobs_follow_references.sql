-- Only where no realm is open: the application that knows realms says itself where a row belongs, and must not reach out of there.
CREATE TRIGGER jobs_realm_on_first_reference BEFORE INSERT ON jobs
  FOR EACH ROW WHEN (NEW.realm_id IS NULL AND coalesce(current_setting('app.realm_id', true), '') = '') EXECUTE FUNCTION follow_reference();
CREATE TRIGGER jobs_realm_on_new_reference BEFORE UPDATE ON jobs
  FOR EACH ROW WHEN ((NEW.user_id <> OLD.user_id OR NEW.document_id IS DISTINCT FROM OLD.document_id)
                     AND coalesce(current_setting('app.realm_id', true), '') = '') EXECUTE FUNCTION follow_reference();
