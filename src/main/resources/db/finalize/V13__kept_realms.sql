-- Realms that were deleted with what they hold. Until now the pre-realm application went on with their rows: from here on they can be restored for a
-- month at least.
UPDATE realms SET content_kept_until = greatest(content_kept_until, now() + interval '30 days') WHERE content_kept_until IS NOT NULL;

-- What has lost some of its rows does not come back.
ALTER TABLE realms
  ADD COLUMN content_removed_since timestamptz(3),
  ADD CONSTRAINT realms_content_removed_since_check CHECK (content_removed_since IS NULL OR NOT is_active);

-- Removes some rows of the realm whose time was over first, and at last the realm. Answers how many rows, or why it can't; nothing where there is no
-- such realm. Whoever restores a realm waits for it, or has it skipped.
CREATE FUNCTION purge_realm(p_portion int, p_skipped uuid[]) RETURNS TABLE (realm uuid, removed int, fault text)
  LANGUAGE plpgsql SET search_path = realms, pg_temp SET lock_timeout = '3s' AS $$
DECLARE
  v_table text;
BEGIN
  SELECT id INTO realm FROM realms WHERE content_kept_until <= now() AND id <> ALL (p_skipped) ORDER BY content_kept_until LIMIT 1 FOR UPDATE SKIP LOCKED;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  BEGIN
    UPDATE realms SET content_removed_since = now() WHERE id = realm AND content_removed_since IS NULL;
    FOREACH v_table IN ARRAY '{jobs,documents,databases,database_servers,api_keys,realm_events}'::text[] LOOP
      EXECUTE format('DELETE FROM %1$I WHERE realm_id = $1 AND id IN (SELECT id FROM %1$I WHERE realm_id = $1 LIMIT $2)', v_table) USING realm, p_portion;
      GET DIAGNOSTICS removed = ROW_COUNT;
      EXIT WHEN removed > 0;
    END LOOP;
    IF removed > 0 THEN
      -- What others' constraints say of it only when the transaction ends.
      SET CONSTRAINTS ALL IMMEDIATE;
      RETURN NEXT;
      RETURN;
    END IF;
    -- A trigger of the installation may keep them.
    IF realm_holds_rows(realm) THEN
      RAISE EXCEPTION 'its rows are not deleted';
    END IF;
    DELETE FROM realms WHERE id = realm;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the realm itself is not deleted';
    END IF;
    SET CONSTRAINTS ALL IMMEDIATE;
  EXCEPTION WHEN OTHERS THEN
    fault := SQLERRM || ' (' || SQLSTATE || ')';
  END;
  RETURN NEXT;
END $$;
