-- Nobody has rows left to move, so opening a realm need not ask any more.
CREATE OR REPLACE FUNCTION has_rows_left(p_user uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT false $$;

CREATE OR REPLACE FUNCTION open_realm(p_realm uuid, p_user uuid) RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.realm_id', id::text, true) FROM realms WHERE id = p_realm AND user_id = p_user AND is_active;
  RETURN CASE WHEN FOUND THEN 'open' ELSE 'absent' END;
END $$;
