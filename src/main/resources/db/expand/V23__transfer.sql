-- Which of these ids are not free for new rows of the user who has entered: those of their own rows, in whatever realm; those of anybody's, where
-- the table keeps ids apart throughout, as it does until the finalization; and those that the column can't hold.
CREATE FUNCTION taken_ids(p_table text, p_ids text[]) RETURNS SETOF text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = realms, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  v_is_uuid    boolean := pg_typeof(NULL::${id}) = 'uuid'::regtype;
  v_fitting    ${id}[];
  v_throughout boolean;
BEGIN
  IF p_table NOT IN ('database_servers', 'databases', 'documents', 'jobs') THEN
    RAISE EXCEPTION 'no such table' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  RETURN QUERY SELECT i FROM unnest(p_ids) AS i WHERE v_is_uuid AND i !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';
  v_fitting := ARRAY(SELECT i FROM unnest(p_ids) AS i WHERE NOT v_is_uuid OR i ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$');
  v_throughout := EXISTS (
    SELECT FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]
    WHERE indrelid = format('realms.%I', p_table)::regclass AND indisunique AND indnkeyatts = 1 AND attname = 'id');
  IF v_throughout THEN
    -- Until the end of the transaction: an import of somebody else would find the same ids free.
    PERFORM pg_advisory_xact_lock(x'696d7074'::int, 0);
  END IF;
  RETURN QUERY EXECUTE format(
    CASE WHEN v_throughout THEN 'SELECT t.id::text FROM realms.%I AS t WHERE t.id = ANY ($1)'
         ELSE 'SELECT DISTINCT t.id::text FROM realms.%I AS t JOIN realms.realms AS r ON t.realm_id = r.id WHERE r.user_id = $2 AND t.id = ANY ($1)' END, p_table)
    USING v_fitting, open_user_id();
END $$;

-- Notes that rows of the open realm were taken along by the owner or one of the realm's keys, or came from elsewhere.
CREATE FUNCTION note_transfer(p_kind text, p_details jsonb, p_key ${id}) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = realms, pg_temp AS $$
BEGIN
  IF p_kind NOT IN ('rows-exported', 'rows-imported') THEN
    RAISE EXCEPTION 'no transfer' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  PERFORM note_event(open_realm_id(), p_kind, p_details, p_key::text, (SELECT k.prefix FROM api_keys AS k WHERE k.id = p_key AND k.realm_id = open_realm_id()));
END $$;
