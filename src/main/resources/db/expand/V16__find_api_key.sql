-- A key is found by its hash: no key is ever sent to the database, and how long a comparison takes says nothing about one.
-- One that only reads acts as somebody who only reads.
CREATE FUNCTION find_api_key(p_hash text)
  RETURNS TABLE (id ${id}, realm_id uuid, user_id ${id}, role text, last_used ${instant})
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = realms, pg_temp AS $$
  SELECT k.id, coalesce(k.realm_id, r.id), k.user_id, CASE k.access WHEN 'READ' THEN 'VIEWER' ELSE u.role::text END, k.last_used
  FROM api_keys k
  JOIN users u ON u.id = k.user_id
  LEFT JOIN realms r ON r.user_id = k.user_id AND r.is_default
  WHERE k.revoked_at IS NULL
    AND (k.expires_at IS NULL OR k.expires_at > now())
    AND (api_key_hash(k.key) = p_hash OR (k.previous_key = p_hash AND k.previous_key_expires_at > now()))
$$;

-- Whoever finds the row busy leaves it: somebody else is noting the same minute.
CREATE FUNCTION touch_api_key(p_id ${id}, p_realm uuid) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = realms, pg_temp SET timezone = 'UTC' AS $$
  UPDATE api_keys SET last_used = now()
  WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM api_keys
    WHERE id = p_id AND realm_id = p_realm AND (last_used IS NULL OR last_used < now() - interval '1 minute')
    FOR NO KEY UPDATE SKIP LOCKED))
$$;
