-- The migration's own books live apart from the product's tables, so that a rollback can leave those as they were.
CREATE SCHEMA migration;

CREATE TABLE migration.moves (
  from_state  text NOT NULL,
  to_state    text NOT NULL,
  CONSTRAINT moves_pkey PRIMARY KEY (from_state, to_state)
);
INSERT INTO migration.moves (from_state, to_state) VALUES
  ('pre-realm', 'expanded'), ('pre-realm', 'finalized'),
  ('expanded', 'running'), ('expanded', 'finalized'), ('expanded', 'rolling-back'),
  ('running', 'paused'), ('running', 'verifying'), ('running', 'stopped'), ('running', 'failed'), ('running', 'rolling-back'),
  ('paused', 'running'), ('paused', 'stopped'), ('paused', 'rolling-back'),
  ('stopped', 'running'), ('stopped', 'rolling-back'),
  ('failed', 'running'), ('failed', 'rolling-back'),
  ('verifying', 'migrated'), ('verifying', 'failed'), ('verifying', 'stopped'), ('verifying', 'rolling-back'),
  ('migrated', 'verifying'), ('migrated', 'finalized'), ('migrated', 'rolling-back'),
  ('rolling-back', 'rolled-back'), ('rolling-back', 'rollback-failed'),
  ('rollback-failed', 'rolling-back'),
  ('rolled-back', 'running');

CREATE TABLE migration.state (
  only_row    boolean NOT NULL DEFAULT true,
  state       text NOT NULL,
  reason      text,
  changed_at  timestamptz NOT NULL DEFAULT now(),
  version     bigint NOT NULL DEFAULT 0,
  CONSTRAINT state_pkey PRIMARY KEY (only_row),
  CONSTRAINT state_only_row_check CHECK (only_row)
);
INSERT INTO migration.state (state) VALUES ('pre-realm');

CREATE FUNCTION migration.check_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> OLD.state
     AND NOT EXISTS (SELECT FROM migration.moves WHERE from_state = OLD.state AND to_state = NEW.state) THEN
    RAISE EXCEPTION 'no move leads from % to %', OLD.state, NEW.state
      USING ERRCODE = 'check_violation', CONSTRAINT = 'state_moves_check';
  END IF;
  NEW.changed_at := clock_timestamp();
  NEW.version := OLD.version + 1;
  RETURN NEW;
END $$;
CREATE TRIGGER state_moves BEFORE UPDATE ON migration.state FOR EACH ROW EXECUTE FUNCTION migration.check_move();

CREATE TABLE migration.progress (
  table_name  text NOT NULL,
  position    integer NOT NULL,
  total       bigint NOT NULL,
  done        bigint NOT NULL DEFAULT 0,
  started_at  timestamptz,
  ended_at    timestamptz,
  CONSTRAINT progress_pkey PRIMARY KEY (table_name)
) WITH (fillfactor = 50);

CREATE TABLE migration.baseline (
  table_name  text NOT NULL,
  row_count   bigint NOT NULL,
  checksum    numeric NOT NULL,
  taken_at    timestamptz NOT NULL,
  CONSTRAINT baseline_pkey PRIMARY KEY (table_name)
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
