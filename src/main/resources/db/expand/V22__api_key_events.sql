-- An API key that is made, gets another one in its place, is revoked or deleted. A key that is only hashed is the same key.
CREATE FUNCTION note_key_event() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = realms, pg_temp SET timezone = 'UTC' AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM note_event(NEW.realm_id, 'key-made',
                       jsonb_build_object('apiKeyId', NEW.id, 'prefix', NEW.prefix, 'name', NEW.name, 'access', NEW.access, 'expiresAt', NEW.expires_at));
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM note_event(OLD.realm_id, 'key-deleted', jsonb_build_object('apiKeyId', OLD.id, 'prefix', OLD.prefix, 'name', OLD.name));
  ELSIF NEW.revoked_at IS NOT NULL AND OLD.revoked_at IS NULL THEN
    PERFORM note_event(NEW.realm_id, 'key-revoked', jsonb_build_object('apiKeyId', NEW.id, 'prefix', NEW.prefix, 'name', NEW.name));
  ELSIF api_key_hash(NEW.key) <> api_key_hash(OLD.key) THEN
    PERFORM note_event(NEW.realm_id, 'key-rotated',
                       jsonb_build_object('apiKeyId', NEW.id, 'prefix', NEW.prefix, 'previousPrefix', OLD.prefix, 'name', NEW.name));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER api_keys_noted AFTER INSERT OR DELETE OR UPDATE OF key, revoked_at ON api_keys
  FOR EACH ROW WHEN (coalesce(current_setting('app.user_id', true), '') <> '') EXECUTE FUNCTION note_key_event();
