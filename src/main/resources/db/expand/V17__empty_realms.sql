-- How much a realm holds is asked before it is deleted, whichever realm is open.
CREATE FUNCTION realm_holds_rows(p_realm uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = realms, pg_temp AS $$
  SELECT EXISTS (SELECT FROM database_servers WHERE realm_id = p_realm)
      OR EXISTS (SELECT FROM databases WHERE realm_id = p_realm)
      OR EXISTS (SELECT FROM documents WHERE realm_id = p_realm)
      OR EXISTS (SELECT FROM jobs WHERE realm_id = p_realm)
      OR EXISTS (SELECT FROM api_keys WHERE realm_id = p_realm)
$$;

-- Only an empty realm can be deactivated without being kept for a time. From contract on a foreign key says the same; until then this does.
CREATE FUNCTION check_realm_is_empty() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = realms, pg_temp AS $$
BEGIN
  IF realm_holds_rows(NEW.id) THEN
    RAISE EXCEPTION 'the realm holds rows' USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'realms_empty_to_deactivate';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER realms_empty_to_deactivate AFTER UPDATE OF is_active, content_kept_until ON realms
  FOR EACH ROW WHEN (OLD.is_kept AND NOT NEW.is_kept) EXECUTE FUNCTION check_realm_is_empty();

-- However wrong the clock of a node is, there is a day to restore it.
CREATE FUNCTION keep_content_for_a_day() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.content_kept_until := greatest(NEW.content_kept_until, now() + interval '1 day');
  RETURN NEW;
END $$;
CREATE TRIGGER realms_content_kept_for_a_day BEFORE UPDATE OF is_active ON realms
  FOR EACH ROW WHEN (OLD.is_active AND NEW.content_kept_until IS NOT NULL) EXECUTE FUNCTION keep_content_for_a_day();
