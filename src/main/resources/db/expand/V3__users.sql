-- A new user gets a default realm.
-- At once: a lock that grows would wait for transactions that wait for it.
LOCK TABLE users IN ACCESS EXCLUSIVE MODE;
CALL migration.note_changes_of('users');
CREATE TRIGGER users_default_realm AFTER INSERT ON users FOR EACH ROW EXECUTE FUNCTION give_user_default_realm();

-- Realms, and what else knows a user by the id, go along with an id that changes, as the pre-realm application could change it.
CREATE FUNCTION follow_user_id() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = realms, pg_temp AS $$
BEGIN
  UPDATE realms SET user_id = NEW.id WHERE user_id = OLD.id;
  UPDATE realms_doors.persons SET bound_to = NEW.id WHERE bound_to = OLD.id;
  RETURN NULL;
END $$;
-- Its name puts it before the constraints' own triggers, which are called RI_… and would find rows left behind.
CREATE TRIGGER "Ids_take_realms" AFTER UPDATE OF id ON users FOR EACH ROW WHEN (NEW.id <> OLD.id) EXECUTE FUNCTION follow_user_id();
