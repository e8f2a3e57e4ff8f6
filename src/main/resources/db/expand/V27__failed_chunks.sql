-- Rows that could not be moved, however small the portion: a line for each key range, for operators who mend it, retry or skip.
CREATE TABLE migration.failed_chunks (
  id               uuid NOT NULL DEFAULT gen_random_uuid(),
  table_name       text NOT NULL,
  from_id          uuid NOT NULL,
  up_to_id         uuid NOT NULL,
  status           text NOT NULL DEFAULT 'failed',
  error            text NOT NULL,
  attempts         integer NOT NULL,
  first_failed_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  last_failed_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT failed_chunks_pkey PRIMARY KEY (id),
  CONSTRAINT failed_chunks_table_name_from_id_up_to_id_key UNIQUE (table_name, from_id, up_to_id),
  CONSTRAINT failed_chunks_status_check CHECK (status IN ('failed', 'skipped', 'done'))
);
