-- By what names are compared, sorted and searched: whatever their case or Unicode form, and the locale of the database. Capital ẞ has no
-- capital form to become SS by: it is made small first, so GROẞE and Große are the same name, too. A small sigma is the same in the middle
-- of a word and at its end, so that a part of a name is found wherever it stands. What comes after 500 characters does not count: an entry
-- of an index has to fit a third of a page. In plain ASCII, where small letters are all there is to it, they are made three times as fast.
CREATE FUNCTION name_key(name text) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN left(
    CASE WHEN octet_length(name) = char_length(name) THEN lower(name COLLATE "C")
         ELSE replace(normalize(lower(upper(lower(normalize(name, NFKC) COLLATE "und-x-icu"))), NFKC) COLLATE "C", 'ς', 'σ') END, 500);

-- A realm is one owner's workspace. Active names are unique per owner whatever their case or Unicode form; one default each.
-- One that is deleted with what it holds is kept for a time, in which it can be restored.

CREATE TABLE realms (
  id           uuid NOT NULL DEFAULT gen_random_uuid(),
  name         text NOT NULL,
  description  text,
  user_id      ${id} NOT NULL,
  is_default   boolean NOT NULL DEFAULT false,
  is_active    boolean NOT NULL DEFAULT true,
  created_at   timestamptz(3) NOT NULL DEFAULT now(),
  updated_at   timestamptz(3) NOT NULL DEFAULT now(),
  content_kept_until timestamptz(3),
  name_key     text COLLATE "C" NOT NULL GENERATED ALWAYS AS (name_key(name)) STORED,
  is_kept      boolean NOT NULL GENERATED ALWAYS AS (is_active OR content_kept_until IS NOT NULL) STORED,
  CONSTRAINT realms_pkey PRIMARY KEY (id),
  CONSTRAINT realms_name_check CHECK (char_length(name) BETWEEN 1 AND 100 AND name = btrim(name)),
  CONSTRAINT realms_description_check CHECK (char_length(description) <= 500),
  CONSTRAINT realms_default_is_active_check CHECK (is_active OR NOT is_default),
  CONSTRAINT realms_content_kept_until_check CHECK (content_kept_until IS NULL OR NOT is_active),
  CONSTRAINT realms_id_user_id_key UNIQUE (id, user_id),
  CONSTRAINT realms_id_user_id_is_kept_key UNIQUE (id, user_id, is_kept),
  CONSTRAINT realms_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE${onUpdate}
);
CREATE INDEX realms_content_kept_until_idx ON realms (content_kept_until) WHERE content_kept_until IS NOT NULL;
CREATE INDEX realms_user_id_created_at_idx ON realms (user_id, created_at, id);
CREATE UNIQUE INDEX realms_default_per_user_key ON realms (user_id) WHERE is_default;
CREATE UNIQUE INDEX realms_active_name_key ON realms (user_id, name_key) WHERE is_active;
CREATE INDEX realms_user_id_name_key_id_idx ON realms (user_id, name_key, id);

-- The id of the realm that a user gets at first, known before there is one.
CREATE FUNCTION first_realm_id(p_user ${id}) RETURNS uuid
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN overlay(overlay(md5('the first realm of ' || p_user) PLACING '8' FROM 13) PLACING 'a' FROM 17)::uuid;

-- Finds or makes a user's default realm; whoever comes second finds what the first made. A name already in use is counted up.
CREATE FUNCTION ensure_default_realm(p_user ${id}) RETURNS uuid
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = realms, pg_temp AS $$
DECLARE
  v_realm uuid;
  v_name text;
BEGIN
  FOR n IN 1..10000 LOOP
    SELECT id INTO v_realm FROM realms WHERE user_id = p_user AND is_default;
    EXIT WHEN FOUND;
    v_name := CASE n WHEN 1 THEN 'Default' ELSE 'Default ' || n END;
    -- The id is taken where its user has got another id, and a new user that one.
    INSERT INTO realms (id, name, user_id, is_default)
      VALUES (CASE WHEN EXISTS (SELECT FROM realms WHERE id = first_realm_id(p_user)) THEN gen_random_uuid() ELSE first_realm_id(p_user) END, v_name, p_user, true)
      ON CONFLICT DO NOTHING RETURNING id INTO v_realm;
    EXIT WHEN FOUND;
  END LOOP;
  RETURN v_realm;
END $$;

CREATE FUNCTION give_user_default_realm() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = realms, pg_temp AS $$
BEGIN
  PERFORM ensure_default_realm(NEW.id);
  RETURN NULL;
END $$;
