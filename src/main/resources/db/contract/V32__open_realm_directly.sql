-- Nobody has rows left to move, so opening a realm need not ask any more.
CREATE OR REPLACE FUNCTION has_rows_left(p_user ${id}) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = realms, pg_temp AS $$ SELECT false $$;

-- Both at once, in the round trip that asks whose realm it is.
CREATE OR REPLACE FUNCTION open_realm(p_realm uuid, p_user ${id}) RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = realms, pg_temp AS $$
BEGIN
  PERFORM set_config('app.user_id', user_id::text, true), set_config('app.realm_id', id::text, true), set_config('lock_timeout', '3s', true),
    set_config('row_security', 'on', true), set_config('idle_in_transaction_session_timeout', '30s', true)
  FROM realms WHERE id = p_realm AND user_id = p_user AND is_active;
  RETURN CASE WHEN FOUND THEN 'open' ELSE 'absent' END;
END $$;
