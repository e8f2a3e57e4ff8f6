-- A key is found by its hash: no key is ever sent to the database, and how long a comparison takes says nothing about one.
-- One that only reads acts as somebody who only reads. One that opens nothing any more is found with the reason.
CREATE FUNCTION find_api_key(p_hash text)
  RETURNS TABLE (id ${id}, realm_id uuid, user_id ${id}, role text, last_used ${instant}, known_networks text[], refusal text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = realms, pg_temp AS $$
  SELECT k.id, coalesce(k.realm_id, r.id), k.user_id, CASE k.access WHEN 'READ' THEN 'VIEWER' ELSE u.role::text END, k.last_used, k.known_networks,
         CASE WHEN k.revoked_at IS NOT NULL THEN 'revoked'
              WHEN k.expires_at <= now() THEN 'expired'
              WHEN api_key_hash(k.key) <> p_hash AND coalesce(k.previous_key_expires_at <= now(), true) THEN 'replaced'
              WHEN NOT (SELECT is_active FROM realms WHERE realms.id = coalesce(k.realm_id, r.id)) THEN 'realm-deleted' END AS refusal
  FROM api_keys k
  JOIN users u ON u.id = k.user_id
  LEFT JOIN realms r ON r.user_id = k.user_id AND r.is_default
  WHERE api_key_hash(k.key) = p_hash OR k.previous_key = p_hash
  ORDER BY refusal NULLS FIRST LIMIT 1
$$;

-- Notes that a key is used, once a minute, and each network that it was never used from. Whoever finds the row busy leaves it: somebody else is
-- noting the same minute. A key that is all over the world makes twenty events an hour, and its hundred latest networks are known.
CREATE FUNCTION touch_api_key(p_id ${id}, p_realm uuid, p_network text) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = realms, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  v_key    api_keys;
  v_is_new boolean;
BEGIN
  IF length(p_network) > 64 THEN
    RAISE EXCEPTION 'no network' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  SELECT * INTO v_key FROM api_keys WHERE id = p_id AND realm_id = p_realm FOR NO KEY UPDATE SKIP LOCKED;
  v_is_new := p_network <> ALL (coalesce(v_key.known_networks, '{}'));
  IF v_key.id IS NULL OR NOT (v_is_new OR v_key.last_used IS NULL OR v_key.last_used < now() - interval '1 minute') THEN
    RETURN;
  END IF;
  UPDATE api_keys SET last_used = now(), last_used_network = p_network,
    known_networks = CASE WHEN v_is_new THEN (p_network || v_key.known_networks)[:100] ELSE v_key.known_networks END
  WHERE id = p_id AND realm_id = p_realm;
  IF v_is_new AND (SELECT count(*) < 20 FROM realm_events
                   WHERE realm_id = p_realm AND created_at > now() - interval '1 hour' AND kind = 'key-used-from-new-network' AND api_key = p_id::text) THEN
    PERFORM note_event(p_realm, 'key-used-from-new-network', jsonb_build_object('name', v_key.name, 'network', p_network), p_id::text, v_key.prefix);
  END IF;
END $$;

-- Notes a try with a key that was refused, the first of an hour for each reason: a flood of tries makes no flood of rows.
CREATE FUNCTION note_denied_key(p_id ${id}, p_realm uuid, p_reason text, p_network text) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = realms, pg_temp AS $$
DECLARE
  v_key api_keys;
BEGIN
  IF p_reason NOT IN ('revoked', 'expired', 'replaced', 'read-only', 'not-for-keys', 'other-realm', 'realm-deleted') OR length(p_network) > 64 THEN
    RAISE EXCEPTION 'neither a reason nor a network' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  -- One at a time for each key.
  SELECT * INTO v_key FROM api_keys WHERE id = p_id AND realm_id = p_realm FOR NO KEY UPDATE SKIP LOCKED;
  IF v_key.id IS NOT NULL
     AND NOT EXISTS (SELECT FROM realm_events
                     WHERE realm_id = p_realm AND created_at > now() - interval '1 hour' AND kind = 'key-denied' AND api_key = p_id::text
                       AND details ->> 'reason' = p_reason) THEN
    PERFORM note_event(p_realm, 'key-denied', jsonb_build_object('name', v_key.name, 'reason', p_reason, 'network', p_network), p_id::text, v_key.prefix);
  END IF;
END $$;
