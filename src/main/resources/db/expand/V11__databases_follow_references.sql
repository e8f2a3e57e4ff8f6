-- Only where no realm is open: the application that knows realms says itself where a row belongs, and must not reach out of there.
CREATE TRIGGER databases_realm_on_first_reference BEFORE INSERT ON databases
  FOR EACH ROW WHEN (NEW.realm_id IS NULL AND coalesce(current_setting('app.realm_id', true), '') = '') EXECUTE FUNCTION follow_reference();
CREATE TRIGGER databases_realm_on_new_reference BEFORE UPDATE ON databases
  FOR EACH ROW WHEN ((NEW.user_id <> OLD.user_id OR NEW.server_id IS DISTINCT FROM OLD.server_id)
                     AND coalesce(current_setting('app.realm_id', true), '') = '') EXECUTE FUNCTION follow_reference();
-- Its name puts it before the constraints' own triggers, which are called RI_… and would find the documents left behind.
CREATE TRIGGER "Databases_take_documents" AFTER UPDATE ON databases
  FOR EACH ROW WHEN (NEW.realm_id IS DISTINCT FROM OLD.realm_id AND (NEW.user_id <> OLD.user_id OR NEW.server_id IS DISTINCT FROM OLD.server_id))
  EXECUTE FUNCTION take_rows_along();
