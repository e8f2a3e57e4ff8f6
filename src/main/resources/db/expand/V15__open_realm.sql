-- What the runtime role may ask before a realm is known. One round trip checks ownership and opens the realm for the transaction.
CREATE FUNCTION has_rows_left(p_user ${id}) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = realms, pg_temp AS $$
  SELECT NOT EXISTS (SELECT FROM realms WHERE user_id = p_user AND is_default)
      OR EXISTS (SELECT FROM database_servers WHERE user_id = p_user AND realm_id IS NULL)
      OR EXISTS (SELECT FROM databases WHERE user_id = p_user AND realm_id IS NULL)
      OR EXISTS (SELECT FROM documents WHERE user_id = p_user AND realm_id IS NULL)
      OR EXISTS (SELECT FROM jobs WHERE user_id = p_user AND realm_id IS NULL)
      OR EXISTS (SELECT FROM api_keys WHERE user_id = p_user AND realm_id IS NULL)
$$;

-- Outside an open realm, or in nobody's name, the runtime role's statements fail, where finding nothing could pass for an answer.
CREATE FUNCTION open_realm_id() RETURNS uuid
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_realm text := current_setting('app.realm_id', true);
BEGIN
  -- After its first use in a session the setting is empty, not null.
  IF v_realm IS NULL OR v_realm = '' THEN
    RAISE EXCEPTION 'no realm is open' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN v_realm::uuid;
END $$;

CREATE FUNCTION open_user_id() RETURNS ${id}
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_user text := current_setting('app.user_id', true);
BEGIN
  IF v_user IS NULL OR v_user = '' THEN
    RAISE EXCEPTION 'nobody has entered' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN v_user::${id};
END $$;

-- For a transaction about a user's own things, in no realm. Answers whether rows of the user are still to be moved.
-- From here on the transaction waits for no lock longer than three seconds: the old application may hold a row for as long as it likes,
-- and each request that waits for it keeps one of the few connections. Nor does a setting of the role have statements fail for their
-- policies. A node that is suspended in the middle of a request keeps its transaction open for half a minute: indexes that are built wait for it.
CREATE FUNCTION enter_user(p_user ${id}) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = realms, pg_temp AS $$
BEGIN
  PERFORM set_config('app.user_id', p_user::text, true), set_config('lock_timeout', '3s', true), set_config('row_security', 'on', true),
    set_config('idle_in_transaction_session_timeout', '30s', true);
  RETURN has_rows_left(p_user);
END $$;

-- Answers 'open', 'absent' (not an active realm of this user) or 'migrating' (rows of the user are still to be moved).
CREATE FUNCTION open_realm(p_realm uuid, p_user ${id}) RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = realms, pg_temp AS $$
BEGIN
  IF enter_user(p_user) THEN
    RETURN 'migrating';
  END IF;
  PERFORM set_config('app.realm_id', id::text, true) FROM realms WHERE id = p_realm AND user_id = p_user AND is_active;
  RETURN CASE WHEN FOUND THEN 'open' ELSE 'absent' END;
END $$;

-- Looks an API key up and opens its realm, at once: whatever the service remembers of a key, a revoked one opens nothing from here on.
-- Its hash and the one before are looked for one after the other: asked for either, PostgreSQL hashes every key of the user.
CREATE FUNCTION open_realm(p_realm uuid, p_user ${id}, p_key_hash text) RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = realms, pg_temp AS $$
BEGIN
  PERFORM FROM api_keys k
  WHERE api_key_hash(k.key) = p_key_hash
    AND k.user_id = p_user
    AND coalesce(k.realm_id, (SELECT r.id FROM realms r WHERE r.user_id = k.user_id AND r.is_default)) = p_realm
    AND k.revoked_at IS NULL
    AND (k.expires_at IS NULL OR k.expires_at > now());
  IF NOT FOUND THEN
    PERFORM FROM api_keys k
    WHERE k.previous_key = p_key_hash
      AND k.previous_key_expires_at > now()
      AND k.user_id = p_user
      AND coalesce(k.realm_id, (SELECT r.id FROM realms r WHERE r.user_id = k.user_id AND r.is_default)) = p_realm
      AND k.revoked_at IS NULL
      AND (k.expires_at IS NULL OR k.expires_at > now());
  END IF;
  IF NOT FOUND THEN
    RETURN 'unknown key';
  END IF;
  RETURN open_realm(p_realm, p_user);
END $$;

-- Opens a realm, with a key or without, or fails with one of our own codes, so that no statement after it runs in one that did not open.
CREATE FUNCTION enter_realm(p_realm uuid, p_user ${id}, p_key_hash text) RETURNS void
  LANGUAGE plpgsql SET search_path = realms, pg_temp AS $$
DECLARE
  v_answer text := CASE WHEN p_key_hash IS NULL THEN open_realm(p_realm, p_user) ELSE open_realm(p_realm, p_user, p_key_hash) END;
BEGIN
  IF v_answer <> 'open' THEN
    RAISE EXCEPTION 'the realm does not open: %', v_answer
      USING ERRCODE = CASE v_answer WHEN 'absent' THEN 'RLM01' WHEN 'migrating' THEN 'RLM02' ELSE 'RLM03' END;
  END IF;
END $$;

-- The subselect has the function called once for a statement, and not for each row.
CREATE POLICY realms_of_user ON realms USING (user_id = (SELECT open_user_id()));
ALTER TABLE realms ENABLE ROW LEVEL SECURITY;
CREATE POLICY idempotent_requests_of_user ON idempotent_requests USING (user_id = (SELECT open_user_id()));
ALTER TABLE idempotent_requests ENABLE ROW LEVEL SECURITY;
