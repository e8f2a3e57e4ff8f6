-- The first answer to a request that carried an Idempotency-Key, sealed, so that a repeated request changes nothing.
CREATE TABLE idempotent_requests (
  user_id       uuid NOT NULL,
  path          text NOT NULL,
  key           text NOT NULL,
  request_hash  bytea NOT NULL,
  status        integer,
  location      text,
  etag          text,
  body          text,
  created_at    timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT idempotent_requests_pkey PRIMARY KEY (user_id, path, key),
  CONSTRAINT idempotent_requests_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX idempotent_requests_created_at_idx ON idempotent_requests (created_at);
