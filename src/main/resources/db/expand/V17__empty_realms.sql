-- How much a realm holds is asked before it may be deleted, whichever realm is open.
CREATE FUNCTION realm_holds_rows(p_realm uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = realms, pg_temp AS $$
  SELECT EXISTS (SELECT FROM database_servers WHERE realm_id = p_realm)
      OR EXISTS (SELECT FROM databases WHERE realm_id = p_realm)
      OR EXISTS (SELECT FROM documents WHERE realm_id = p_realm)
      OR EXISTS (SELECT FROM jobs WHERE realm_id = p_realm)
      OR EXISTS (SELECT FROM api_keys WHERE realm_id = p_realm)
$$;

-- Only an empty realm can be deactivated. From contract on a foreign key says the same; until then this does.
CREATE FUNCTION check_realm_is_empty() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = realms, pg_temp AS $$
BEGIN
  IF realm_holds_rows(NEW.id) THEN
    RAISE EXCEPTION 'the realm holds rows' USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'realms_empty_to_deactivate';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER realms_empty_to_deactivate AFTER UPDATE OF is_active ON realms
  FOR EACH ROW WHEN (OLD.is_active AND NOT NEW.is_active) EXECUTE FUNCTION check_realm_is_empty();
