-- Whoever leads on from a rollback has to sign in when the runtime role has no right on any table: through a door that stays.
CREATE SCHEMA realms_doors;

-- Whoever has this e-mail address; of two from before it was unique ignoring case, the one who writes it like this.
CREATE FUNCTION realms_doors.find_account(p_email text) RETURNS TABLE (id uuid, role text)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT u.id, u.role FROM users AS u WHERE u.email = p_email;
  IF NOT FOUND THEN
    RETURN QUERY SELECT u.id, u.role FROM users AS u WHERE lower(u.email) = lower(p_email) ORDER BY u.created_at, u.id LIMIT 1;
  END IF;
END $$;

-- Whether there are realms to be in, hence whether an account can be made.
CREATE FUNCTION realms_doors.has_realms() RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = migration, pg_temp AS $$
  SELECT NOT EXISTS (SELECT FROM going_back)
$$;
