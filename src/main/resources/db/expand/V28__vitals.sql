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
ALTER TABLE migration.progress ADD COLUMN checkpoint_at timestamptz;
