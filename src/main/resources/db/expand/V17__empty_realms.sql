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

-- When the time is over some rows may be gone.
CREATE FUNCTION check_realm_can_come_back() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF OLD.content_kept_until <= clock_timestamp() THEN
    RAISE EXCEPTION 'what the realm held is no longer kept' USING ERRCODE = 'check_violation', CONSTRAINT = 'realms_content_kept_until_over';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER realms_content_kept_until_over AFTER UPDATE OF content_kept_until ON realms
  FOR EACH ROW WHEN (OLD.content_kept_until IS DISTINCT FROM NEW.content_kept_until) EXECUTE FUNCTION check_realm_can_come_back();

-- Removes some rows of the realm whose time was over first, and at last the realm. Answers how many rows, or null where there is no such realm.
-- Whoever restores a realm waits for it, or has it skipped.
CREATE FUNCTION purge_realm(p_portion int) RETURNS int
  LANGUAGE plpgsql SET search_path = realms, pg_temp SET lock_timeout = '3s' AS $$
DECLARE
  v_realm uuid;
  v_table text;
  v_rows  int;
BEGIN
  SELECT id INTO v_realm FROM realms WHERE content_kept_until <= now() ORDER BY content_kept_until LIMIT 1 FOR UPDATE SKIP LOCKED;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  FOREACH v_table IN ARRAY '{jobs,documents,databases,database_servers,api_keys}'::text[] LOOP
    EXECUTE format('DELETE FROM %1$I WHERE realm_id = $1 AND id IN (SELECT id FROM %1$I WHERE realm_id = $1 LIMIT $2)', v_table) USING v_realm, p_portion;
    GET DIAGNOSTICS v_rows = ROW_COUNT;
    IF v_rows > 0 THEN
      RETURN v_rows;
    END IF;
  END LOOP;
  DELETE FROM realms WHERE id = v_realm;
  RETURN 0;
END $$;
