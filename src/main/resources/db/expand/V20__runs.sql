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
