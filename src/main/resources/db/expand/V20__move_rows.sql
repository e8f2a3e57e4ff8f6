-- Rows go to other realms of their user from the contract on, which keeps what they refer to together.
CREATE FUNCTION move_rows(p_target uuid, p_everything boolean, p_servers ${id}[], p_passwords text[], p_api_keys text[], p_databases ${id}[],
  p_documents ${id}[], p_server ${id}, p_detach boolean, p_rename boolean, p_dry_run boolean)
  RETURNS TABLE (finding text, kind text, id text, name text, other text, number bigint)
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'the realm does not open: migrating' USING ERRCODE = 'RLM02';
END $$;
