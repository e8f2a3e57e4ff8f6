-- The first answer to a request that carried an Idempotency-Key, sealed, so that a repeated request changes nothing.
CREATE TABLE idempotent_requests (
  user_id       ${id} NOT NULL,
  path          text NOT NULL,
  key           text NOT NULL,
  request_hash  bytea NOT NULL,
  status        integer,
  location      text,
  etag          text,
  body          text,
  created_at    timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT idempotent_requests_pkey PRIMARY KEY (user_id, path, key),
  CONSTRAINT idempotent_requests_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX idempotent_requests_created_at_idx ON idempotent_requests (created_at);

-- A few at a time, whoever's they are, and none that another request is about to forget, so that nobody waits for this.
CREATE FUNCTION forget_idempotent_requests() RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = realms, pg_temp AS $$
  DELETE FROM idempotent_requests WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM idempotent_requests WHERE created_at < now() - interval '24 hours'
    ORDER BY created_at LIMIT 100 FOR UPDATE SKIP LOCKED))
$$;
