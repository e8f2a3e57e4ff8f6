-- The first answer to an operator's act that carried an Idempotency-Key. Outside of schema public, since it must outlive a rollback.
CREATE TABLE migration.idempotent_acts (
  actor         uuid NOT NULL,
  path          text NOT NULL,
  key           text NOT NULL,
  request_hash  bytea NOT NULL,
  status        integer,
  location      text,
  etag          text,
  body          text,
  created_at    timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT idempotent_acts_pkey PRIMARY KEY (actor, path, key)
);
