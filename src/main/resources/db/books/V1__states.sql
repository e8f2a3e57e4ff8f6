-- The migration's own books live apart from the tables, so that a rollback can leave those as they were.
-- Where the pre-realm tables came from, and with which names; whether the finalization leaves views that show realms there. No row in a
-- database that was empty.
CREATE TABLE migration.origin (
  only_row     boolean NOT NULL DEFAULT true,
  schema_name  text NOT NULL,
  shape        text NOT NULL,
  realm_views  boolean NOT NULL DEFAULT false,
  CONSTRAINT origin_pkey PRIMARY KEY (only_row),
  CONSTRAINT origin_only_row_check CHECK (only_row),
  CONSTRAINT origin_shape_check CHECK (shape IN ('snake_case', 'prisma'))
);
INSERT INTO migration.origin (schema_name, shape) SELECT '${schema}', '${shape}' WHERE '${schema}' <> '';

CREATE TABLE migration.moves (
  from_state  text NOT NULL,
  to_state    text NOT NULL,
  CONSTRAINT moves_pkey PRIMARY KEY (from_state, to_state)
);
INSERT INTO migration.moves (from_state, to_state) VALUES
  ('pre-realm', 'expanded'), ('pre-realm', 'finalized'),
  ('expanded', 'running'), ('expanded', 'rolling-back'),
  ('running', 'paused'), ('running', 'verifying'), ('running', 'stopped'), ('running', 'failed'), ('running', 'rolling-back'),
  ('paused', 'running'), ('paused', 'stopped'), ('paused', 'rolling-back'),
  ('stopped', 'running'), ('stopped', 'rolling-back'),
  ('failed', 'running'), ('failed', 'rolling-back'),
  ('verifying', 'migrated'), ('verifying', 'failed'), ('verifying', 'stopped'), ('verifying', 'rolling-back'),
  ('migrated', 'finalized'), ('migrated', 'rolling-back'),
  ('rolling-back', 'rolled-back'), ('rolling-back', 'rollback-failed'),
  ('rollback-failed', 'rolling-back'), ('rollback-failed', 'migrated'), ('rollback-failed', 'stopped'),
  ('rolled-back', 'running');

-- When a finalization has begun, keys and credentials have been changed past giving back: nothing leads to a rollback any more.
-- came_from: from which state the last rollback came.
CREATE TABLE migration.state (
  only_row          boolean NOT NULL DEFAULT true,
  state             text NOT NULL,
  reason            text,
  changed_at        timestamptz NOT NULL DEFAULT now(),
  version           bigint NOT NULL DEFAULT 0,
  finalizing_since  timestamptz,
  came_from         text,
  CONSTRAINT state_pkey PRIMARY KEY (only_row),
  CONSTRAINT state_only_row_check CHECK (only_row)
);
INSERT INTO migration.state (state) VALUES ('pre-realm');

CREATE FUNCTION migration.check_move() RETURNS trigger
  LANGUAGE plpgsql SET search_path = migration, pg_temp AS $$
BEGIN
  IF NEW.state <> OLD.state
     AND NOT EXISTS (SELECT FROM migration.moves WHERE from_state = OLD.state AND to_state = NEW.state) THEN
    RAISE EXCEPTION 'no move leads from % to %', OLD.state, NEW.state
      USING ERRCODE = 'check_violation', CONSTRAINT = 'state_moves_check';
  END IF;
  IF NEW.state NOT IN (OLD.state, 'finalized') AND OLD.finalizing_since IS NOT NULL THEN
    RAISE EXCEPTION 'the finalization has begun'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'state_finalizing_since_check';
  END IF;
  NEW.changed_at := clock_timestamp();
  NEW.version := OLD.version + 1;
  RETURN NEW;
END $$;
CREATE TRIGGER state_moves BEFORE UPDATE ON migration.state FOR EACH ROW EXECUTE FUNCTION migration.check_move();

-- From the beginning of a rollback until a later start has brought everything back there is a row here: how the functions were
-- defined that let nobody in meanwhile, whether answers to the preflight have begun to be undone, and whether the realms are only in
-- the archive.
CREATE TABLE migration.going_back (
  only_row     boolean NOT NULL DEFAULT true,
  since        timestamptz NOT NULL DEFAULT clock_timestamp(),
  unfenced     text,
  undoing      boolean NOT NULL DEFAULT false,
  realms_gone  boolean NOT NULL DEFAULT false,
  CONSTRAINT going_back_pkey PRIMARY KEY (only_row),
  CONSTRAINT going_back_only_row_check CHECK (only_row)
);

-- A rollback that is called off leads back to migrated only from there, and nowhere once the schema or an answer has begun to go back.
CREATE FUNCTION migration.check_way_back() RETURNS trigger
  LANGUAGE plpgsql SET search_path = migration, pg_temp AS $$
BEGIN
  IF NEW.state = 'rolling-back' AND OLD.state NOT IN ('rolling-back', 'rollback-failed') THEN
    NEW.came_from := OLD.state;
  ELSIF OLD.state = 'rollback-failed' AND (NEW.state = 'migrated' AND OLD.came_from IS DISTINCT FROM 'migrated'
      OR NEW.state IN ('migrated', 'stopped') AND (to_regclass('migration.flyway_rollback_contract') IS NOT NULL
                                                   OR to_regclass('migration.flyway_rollback_expand') IS NOT NULL
                                                   OR to_regclass('migration.flyway_give_back') IS NOT NULL
                                                   OR EXISTS (SELECT FROM going_back WHERE undoing))) THEN
    RAISE EXCEPTION 'the rollback can''t be called off'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'state_came_from_check';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER state_way_back BEFORE UPDATE ON migration.state FOR EACH ROW EXECUTE FUNCTION migration.check_way_back();
