-- With no realm open the runtime role's statements fail, where finding nothing could pass for an answer.
ALTER POLICY database_servers_of_open_realm ON database_servers USING (realm_id = (SELECT open_realm_id()));
ALTER POLICY databases_of_open_realm ON databases USING (realm_id = (SELECT open_realm_id()));
ALTER POLICY documents_of_open_realm ON documents USING (realm_id = (SELECT open_realm_id()));
ALTER POLICY jobs_of_open_realm ON jobs USING (realm_id = (SELECT open_realm_id()));
ALTER POLICY api_keys_of_open_realm ON api_keys USING (realm_id = (SELECT open_realm_id()));
CREATE POLICY user_settings_of_user ON user_settings USING (user_id = (SELECT open_user_id()));
ALTER TABLE user_settings ENABLE ROW LEVEL SECURITY;

-- Both at once, in the round trip that asks whose realm it is.
CREATE OR REPLACE FUNCTION open_realm(p_realm uuid, p_user uuid) RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.user_id', user_id::text, true), set_config('app.realm_id', id::text, true), set_config('lock_timeout', '3s', true)
  FROM realms WHERE id = p_realm AND user_id = p_user AND is_active;
  RETURN CASE WHEN FOUND THEN 'open' ELSE 'absent' END;
END $$;
