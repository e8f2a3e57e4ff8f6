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
