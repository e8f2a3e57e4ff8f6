-- What the runtime role may ask before a realm is known. One round trip checks ownership and opens the realm for the transaction.
CREATE FUNCTION has_rows_left(p_user uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT NOT EXISTS (SELECT FROM realms WHERE user_id = p_user AND is_default)
      OR EXISTS (SELECT FROM database_servers WHERE user_id = p_user AND realm_id IS NULL)
      OR EXISTS (SELECT FROM databases WHERE user_id = p_user AND realm_id IS NULL)
      OR EXISTS (SELECT FROM documents WHERE user_id = p_user AND realm_id IS NULL)
      OR EXISTS (SELECT FROM jobs WHERE user_id = p_user AND realm_id IS NULL)
      OR EXISTS (SELECT FROM api_keys WHERE user_id = p_user AND realm_id IS NULL)
$$;

-- Answers 'open', 'absent' (not an active realm of this user) or 'migrating' (rows of the user are still to be moved).
CREATE FUNCTION open_realm(p_realm uuid, p_user uuid) RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF has_rows_left(p_user) THEN
    RETURN 'migrating';
  END IF;
  PERFORM set_config('app.realm_id', id::text, true) FROM realms WHERE id = p_realm AND user_id = p_user AND is_active;
  RETURN CASE WHEN FOUND THEN 'open' ELSE 'absent' END;
END $$;

-- A key is found by its hash or, as long as it stands there in plain, by itself; nobody can present the stored hash in its place.
CREATE FUNCTION find_api_key(p_hash text, p_plain text)
  RETURNS TABLE (id uuid, realm_id uuid, user_id uuid, role text, last_used timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT k.id, coalesce(k.realm_id, r.id), k.user_id, u.role, k.last_used
  FROM api_keys k
  JOIN users u ON u.id = k.user_id
  LEFT JOIN realms r ON r.user_id = k.user_id AND r.is_default
  WHERE k.revoked_at IS NULL
    AND (k.expires_at IS NULL OR k.expires_at > now())
    AND (k.key = p_hash
         OR (k.key = p_plain AND p_plain NOT LIKE 'sha256:%')
         OR (k.previous_key = p_hash AND k.previous_key_expires_at > now()))
$$;

CREATE FUNCTION touch_api_key(p_id uuid, p_realm uuid) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE api_keys SET last_used = now()
  WHERE id = p_id AND realm_id = p_realm AND (last_used IS NULL OR last_used < now() - interval '1 minute')
$$;

-- How much a realm holds is asked before it may be deleted, whichever realm is open.
CREATE FUNCTION realm_holds_rows(p_realm uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM database_servers WHERE realm_id = p_realm)
      OR EXISTS (SELECT FROM databases WHERE realm_id = p_realm)
      OR EXISTS (SELECT FROM documents WHERE realm_id = p_realm)
      OR EXISTS (SELECT FROM jobs WHERE realm_id = p_realm)
      OR EXISTS (SELECT FROM api_keys WHERE realm_id = p_realm)
$$;

-- Only an empty realm can be deactivated. From contract on a foreign key says the same; until then this does.
CREATE FUNCTION check_realm_is_empty() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF realm_holds_rows(NEW.id) THEN
    RAISE EXCEPTION 'the realm holds rows' USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'realms_empty_to_deactivate';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER realms_empty_to_deactivate AFTER UPDATE OF is_active ON realms
  FOR EACH ROW WHEN (OLD.is_active AND NOT NEW.is_active) EXECUTE FUNCTION check_realm_is_empty();
