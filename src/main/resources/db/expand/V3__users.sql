-- A new user gets a default realm.
CALL migration.note_changes_of('users');
CREATE TRIGGER users_default_realm AFTER INSERT ON users FOR EACH ROW EXECUTE FUNCTION give_user_default_realm();
