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

CREATE FUNCTION open_user_id() RETURNS uuid
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_user text := current_setting('app.user_id', true);
BEGIN
  IF v_user IS NULL OR v_user = '' THEN
    RAISE EXCEPTION 'nobody has entered' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN v_user::uuid;
END $$;

-- For a transaction about a user's own things, in no realm. Answers whether rows of the user are still to be moved.
-- From here on the transaction waits for no lock longer than three seconds: the old application may hold a row for as long as it likes,
-- and each request that waits for it keeps one of the few connections.
CREATE FUNCTION enter_user(p_user uuid) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.user_id', p_user::text, true), set_config('lock_timeout', '3s', true);
  RETURN has_rows_left(p_user);
END $$;

CREATE OR REPLACE FUNCTION open_realm(p_realm uuid, p_user uuid) RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF enter_user(p_user) THEN
    RETURN 'migrating';
  END IF;
  PERFORM set_config('app.realm_id', id::text, true) FROM realms WHERE id = p_realm AND user_id = p_user AND is_active;
  RETURN CASE WHEN FOUND THEN 'open' ELSE 'absent' END;
END $$;

-- The subselect has the function called once for a statement, and not for each row.
CREATE POLICY realms_of_user ON realms USING (user_id = (SELECT open_user_id()));
ALTER TABLE realms ENABLE ROW LEVEL SECURITY;
CREATE POLICY idempotent_requests_of_user ON idempotent_requests USING (user_id = (SELECT open_user_id()));
ALTER TABLE idempotent_requests ENABLE ROW LEVEL SECURITY;

-- A few at a time, whoever's they are, and none that another request is about to forget, so that nobody waits for this.
CREATE FUNCTION forget_idempotent_requests() RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DELETE FROM idempotent_requests WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM idempotent_requests WHERE created_at < now() - interval '24 hours'
    ORDER BY created_at LIMIT 100 FOR UPDATE SKIP LOCKED))
$$;
