-- A pre-realm key stands in the table in plain and is found by its hash, too: no key is ever sent to the database, and
-- how long a comparison takes says nothing about one.
CREATE FUNCTION api_key_hash(p_key text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog AS $$
  SELECT CASE WHEN p_key ~ '^sha256:[0-9a-f]{64}:[0-9a-f]{32}$' THEN left(p_key, 71)
              ELSE 'sha256:' || encode(sha256(convert_to(p_key, 'UTF8')), 'hex') END
$$;

DROP FUNCTION find_api_key(text, text);
CREATE FUNCTION find_api_key(p_hash text)
  RETURNS TABLE (id uuid, realm_id uuid, user_id uuid, role text, last_used timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT k.id, coalesce(k.realm_id, r.id), k.user_id, u.role, k.last_used
  FROM api_keys k
  JOIN users u ON u.id = k.user_id
  LEFT JOIN realms r ON r.user_id = k.user_id AND r.is_default
  WHERE k.revoked_at IS NULL
    AND (k.expires_at IS NULL OR k.expires_at > now())
    AND (api_key_hash(k.key) = p_hash OR (k.previous_key = p_hash AND k.previous_key_expires_at > now()))
$$;

-- Whoever finds the row busy leaves it: somebody else is noting the same minute.
CREATE OR REPLACE FUNCTION touch_api_key(p_id uuid, p_realm uuid) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE api_keys SET last_used = now()
  WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM api_keys
    WHERE id = p_id AND realm_id = p_realm AND (last_used IS NULL OR last_used < now() - interval '1 minute')
    FOR NO KEY UPDATE SKIP LOCKED))
$$;
