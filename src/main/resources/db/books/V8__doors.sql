-- Whoever leads on from a rollback has to sign in when the runtime role has no right on any table: through doors that stay.
CREATE SCHEMA realms_doors;

-- By what addresses are compared: A to Z without their case, everything else as it is, in Unicode's NFC. No locale has a say in it, and
-- it makes one of two only where Unicode says that they are the same text. The same rule in Java is Emails.key.
CREATE FUNCTION realms_doors.email_key(email text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN translate(normalize(email, NFC), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz');

-- Who is which user: an issuer's subject, bound at the first sign-in and never to somebody else. A row whose user is gone keeps that
-- person out, until an administrator makes a user with their address again.
CREATE TABLE realms_doors.persons (
  issuer    text NOT NULL,
  subject   text NOT NULL,
  bound_to  ${id} NOT NULL,
  bound_at  timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT persons_pkey PRIMARY KEY (issuer, subject)
);
CREATE INDEX persons_bound_to_idx ON realms_doors.persons (bound_to);

-- The users, wherever their table is. The take-over and the way back write it anew: a text that depends on no table, so that the
-- pre-realm application may change its own after a rollback.
CREATE FUNCTION realms_doors.users() RETURNS TABLE (id ${id}, email text, role text, created_at ${instant})
  LANGUAGE sql STABLE AS $$ SELECT NULL::${id}, NULL::text, NULL::text, NULL::${instant} WHERE false $$;

CREATE FUNCTION realms_doors.find_user(p_id ${id}) RETURNS TABLE (id ${id}, role text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT u.id, u.role FROM realms_doors.users() AS u WHERE u.id = p_id
$$;

-- No row for somebody who never signed in; a row without an id for somebody whose user is gone.
CREATE FUNCTION realms_doors.find_person(p_issuer text, p_subject text) RETURNS TABLE (id ${id}, role text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT u.id, u.role FROM realms_doors.persons AS p LEFT JOIN realms_doors.users() AS u ON u.id = p.bound_to
  WHERE p.issuer = p_issuer AND p.subject = p_subject
$$;

-- Leaves a person as they are who is bound to somebody who is still there.
CREATE FUNCTION realms_doors.bind_person(p_issuer text, p_subject text, p_user ${id}) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO realms_doors.persons AS p (issuer, subject, bound_to) VALUES (p_issuer, p_subject, p_user)
  ON CONFLICT (issuer, subject) DO UPDATE SET bound_to = excluded.bound_to, bound_at = excluded.bound_at
  WHERE NOT EXISTS (SELECT FROM realms_doors.users() AS u WHERE u.id = p.bound_to)
$$;

-- One at a time for each address, as AdvisoryLocks.Kind.EMAIL; nobody waits for long, and keeps a connection meanwhile.
CREATE FUNCTION realms_doors.lock_email(p_email text) RETURNS void
  LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
  SELECT set_config('lock_timeout', '3s', true);
  SELECT pg_advisory_xact_lock(1701667177, hashtext(lower(realms_doors.email_key(p_email))))
$$;

-- Binds a person to the user who has their address and is nobody else's yet. Where somebody writes it exactly like this, nobody else is
-- meant, and no other is looked for: until the contract there is no index that knows the others. No row when there is none. An
-- administrator's address must be verified, and the local issuer's own administrator is nobody of another issuer.
CREATE FUNCTION realms_doors.bind_by_email(p_issuer text, p_subject text, p_email text, p_verified boolean)
  RETURNS TABLE (id ${id}, role text)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_users ${id}[];
  v_user  ${id};
BEGIN
  PERFORM realms_doors.lock_email(p_email);
  v_users := ARRAY(SELECT u.id FROM realms_doors.users() AS u WHERE u.email = p_email);
  IF v_users = '{}' THEN
    v_users := ARRAY(SELECT u.id FROM realms_doors.users() AS u WHERE realms_doors.email_key(u.email) = realms_doors.email_key(p_email));
  END IF;
  SELECT u.id INTO v_user FROM realms_doors.users() AS u
  WHERE u.id = ANY (v_users)
    AND NOT EXISTS (SELECT FROM realms_doors.persons AS p WHERE p.bound_to = u.id)
    AND (p_verified OR u.role <> 'ADMIN')
    AND realms_doors.email_key(u.email) <> 'admin@realms.local'
  ORDER BY u.created_at, u.id LIMIT 1;
  IF FOUND THEN
    PERFORM realms_doors.bind_person(p_issuer, p_subject, v_user);
  END IF;
  RETURN QUERY SELECT f.id, f.role FROM realms_doors.find_person(p_issuer, p_subject) AS f WHERE f.id IS NOT NULL;
END $$;

-- Whether there are realms to be in, hence whether an account can be made.
CREATE FUNCTION realms_doors.has_realms() RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT NOT EXISTS (SELECT FROM migration.going_back)
$$;

-- Makes an administrator, with a default realm where there are realms.
CREATE FUNCTION realms_doors.add_administrator(p_name text, p_email text) RETURNS ${id}
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  v_user    ${id} := gen_random_uuid();
  v_schema  text := 'realms';
  v_owner   text := 'user_id';
  v_changed text := 'updated_at';
BEGIN
  IF to_regclass('realms.users') IS NULL THEN
    SELECT o.schema_name, migration.old_name('user_id'), migration.old_name('updated_at') INTO v_schema, v_owner, v_changed FROM migration.origin AS o;
  END IF;
  EXECUTE format('INSERT INTO %I.users (id, name, email, role, %I) VALUES ($1, $2, $3, ''ADMIN'', now())', v_schema, v_changed)
    USING v_user, p_name, p_email;
  EXECUTE format('INSERT INTO %I.user_settings (id, %I, %I) VALUES (gen_random_uuid(), $1, now())', v_schema, v_owner, v_changed) USING v_user;
  IF to_regprocedure('realms.ensure_default_realm(${id})') IS NOT NULL THEN
    PERFORM realms.ensure_default_realm(v_user);
  END IF;
  RETURN v_user;
END $$;

-- The local issuer's own administrator, in every state, so that somebody can always lead on: made once, and again only where no administrator
-- is left. Somebody else may have signed up with this address before realms: then it is made under the next one that is free.
CREATE FUNCTION realms_doors.admit_administrator(p_issuer text, p_subject text, p_email text, p_name text) RETURNS TABLE (id ${id}, role text)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_user  ${id};
  v_email text := p_email;
BEGIN
  PERFORM realms_doors.lock_email(p_email);
  IF NOT EXISTS (SELECT FROM realms_doors.find_person(p_issuer, p_subject) AS f
                 WHERE f.id IS NOT NULL OR EXISTS (SELECT FROM realms_doors.users() AS u WHERE u.role = 'ADMIN')) THEN
    SELECT u.id INTO v_user FROM realms_doors.users() AS u
    WHERE realms_doors.email_key(u.email) = p_email AND u.role = 'ADMIN'
      AND NOT EXISTS (SELECT FROM realms_doors.persons AS p WHERE p.bound_to = u.id)
    ORDER BY u.email <> p_email, u.created_at, u.id LIMIT 1;
    IF NOT FOUND THEN
      FOR n IN 2..1000 LOOP
        EXIT WHEN NOT EXISTS (SELECT FROM realms_doors.users() AS u WHERE realms_doors.email_key(u.email) = v_email);
        v_email := replace(p_email, '@', '-' || n || '@');
      END LOOP;
      v_user := realms_doors.add_administrator(p_name, v_email);
    END IF;
    PERFORM realms_doors.bind_person(p_issuer, p_subject, v_user);
  END IF;
  RETURN QUERY SELECT f.id, f.role FROM realms_doors.find_person(p_issuer, p_subject) AS f WHERE f.id IS NOT NULL;
END $$;
