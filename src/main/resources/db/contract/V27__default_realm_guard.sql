-- A user without a default realm can't be committed, however it comes about.
CREATE FUNCTION check_user_has_default_realm() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = realms, pg_temp AS $$
DECLARE
  v_user ${id};
BEGIN
  IF TG_TABLE_NAME = 'users' THEN
    v_user := NEW.id;
  ELSE
    v_user := OLD.user_id;
  END IF;
  IF EXISTS (SELECT FROM users WHERE id = v_user)
     AND NOT EXISTS (SELECT FROM realms WHERE user_id = v_user AND is_default AND is_active) THEN
    RAISE EXCEPTION 'a user has exactly one default realm'
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'users_default_realm_check';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER users_default_realm_check AFTER INSERT ON users
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_user_has_default_realm();
CREATE CONSTRAINT TRIGGER realms_default_realm_check AFTER UPDATE OR DELETE ON realms
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.is_default) EXECUTE FUNCTION check_user_has_default_realm();
