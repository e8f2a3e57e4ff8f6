-- Looks an API key up and opens its realm, at once: whatever the service remembers of a key, a revoked one opens nothing from here on.
-- Its hash and the one before are looked for one after the other: asked for either, PostgreSQL hashes every key of the user.
CREATE FUNCTION open_realm(p_realm uuid, p_user uuid, p_key_hash text) RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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
CREATE FUNCTION enter_realm(p_realm uuid, p_user uuid, p_key_hash text) RETURNS void
  LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  v_answer text := CASE WHEN p_key_hash IS NULL THEN open_realm(p_realm, p_user) ELSE open_realm(p_realm, p_user, p_key_hash) END;
BEGIN
  IF v_answer <> 'open' THEN
    RAISE EXCEPTION 'the realm does not open: %', v_answer
      USING ERRCODE = CASE v_answer WHEN 'absent' THEN 'RLM01' WHEN 'migrating' THEN 'RLM02' ELSE 'RLM03' END;
  END IF;
END $$;
