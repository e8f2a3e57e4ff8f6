CREATE TABLE migration.progress (
  table_name     text NOT NULL,
  position       integer NOT NULL,
  total          bigint NOT NULL,
  done_before    bigint NOT NULL DEFAULT 0,
  done           bigint NOT NULL DEFAULT 0,
  started_at     timestamptz,
  ended_at       timestamptz,
  checkpoint_at  timestamptz,
  CONSTRAINT progress_pkey PRIMARY KEY (table_name)
) WITH (fillfactor = 50);

-- How the running execution is, for whoever watches from wherever. Nothing is decided by it.
CREATE TABLE migration.vitals (
  only_row            boolean NOT NULL DEFAULT true,
  heartbeat_at        timestamptz,
  chunk_rows          integer,
  chunk_milliseconds  integer,
  parallelism         integer,
  throttle_signal     text,
  throttle_value      bigint,
  throttle_limit      bigint,
  throttle_since      timestamptz,
  CONSTRAINT vitals_pkey PRIMARY KEY (only_row),
  CONSTRAINT vitals_only_row_check CHECK (only_row)
) WITH (fillfactor = 50);
INSERT INTO migration.vitals DEFAULT VALUES;

-- What operators have set for the migration's pace, while it runs or before; what is not here is as the code has it. NULL: no such limit.
CREATE TABLE migration.limits (
  name   text NOT NULL,
  value  integer,
  CONSTRAINT limits_pkey PRIMARY KEY (name)
);

CREATE TABLE migration.reports (
  id          bigint GENERATED ALWAYS AS IDENTITY,
  kind        text NOT NULL,
  passed      boolean NOT NULL,
  report      jsonb NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT reports_pkey PRIMARY KEY (id)
);

-- Who did what, when, with which parameters and what came of it: ids and counts, never e-mails or secrets.
CREATE TABLE migration.audit_log (
  id          bigint GENERATED ALWAYS AS IDENTITY,
  at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  actor       text NOT NULL,
  act         text NOT NULL,
  parameters  jsonb NOT NULL DEFAULT '{}',
  outcome     text NOT NULL,
  CONSTRAINT audit_log_pkey PRIMARY KEY (id)
);

-- Rows that could not be moved, however small the portion: a line for each key range, for operators who mend it, retry or skip.
CREATE TABLE migration.failed_chunks (
  id               uuid NOT NULL DEFAULT gen_random_uuid(),
  table_name       text NOT NULL,
  from_id          ${id} NOT NULL,
  up_to_id         ${id} NOT NULL,
  status           text NOT NULL DEFAULT 'failed',
  error            text NOT NULL,
  attempts         integer NOT NULL,
  first_failed_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  last_failed_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT failed_chunks_pkey PRIMARY KEY (id),
  CONSTRAINT failed_chunks_table_name_from_id_up_to_id_key UNIQUE (table_name, from_id, up_to_id),
  CONSTRAINT failed_chunks_status_check CHECK (status IN ('failed', 'skipped', 'done'))
);

-- Long work that is not the migration itself: its last run of each kind, for whoever watches. That it is alive, a lock says.
CREATE TABLE migration.runs (
  kind      text NOT NULL,
  id        uuid NOT NULL,
  actor     text NOT NULL,
  asked_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  begun_at  timestamptz,
  ended_at  timestamptz,
  step      text,
  done      bigint NOT NULL DEFAULT 0,
  total     bigint NOT NULL DEFAULT 0,
  outcome   text,
  CONSTRAINT runs_pkey PRIMARY KEY (kind)
);

-- The first answer to an operator's act that carried an Idempotency-Key. It outlives a rollback.
CREATE TABLE migration.idempotent_acts (
  actor         ${id} NOT NULL,
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
