-- The migration's own books live apart from the product's tables, so that a rollback can leave those as they were.
CREATE SCHEMA migration;

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

CREATE FUNCTION migration.check_move() RETURNS trigger
  LANGUAGE plpgsql SET search_path = migration, pg_temp AS $$
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
  done_before bigint NOT NULL DEFAULT 0,
  done        bigint NOT NULL DEFAULT 0,
  started_at  timestamptz,
  ended_at    timestamptz,
  CONSTRAINT progress_pkey PRIMARY KEY (table_name)
) WITH (fillfactor = 50);

-- What each table held before the first row was moved, in 4,096 parts: a difference found later names the ids it lies among.
CREATE TABLE migration.baseline (
  table_name  text NOT NULL,
  id_ending   text NOT NULL,
  row_count   bigint NOT NULL,
  checksum    numeric NOT NULL,
  taken_at    timestamptz NOT NULL,
  CONSTRAINT baseline_pkey PRIMARY KEY (table_name, id_ending)
);

-- What everybody but the migration changed in the columns from before realms, written in the transaction that changed it:
-- baseline + changes = table, exactly, in every snapshot, however busy the application is.
CREATE TABLE migration.changes (
  table_name  text NOT NULL,
  id_ending   text NOT NULL,
  row_count   bigint NOT NULL,
  checksum    numeric NOT NULL
);
-- It has no key, and must be emptied also where everything is published.
ALTER TABLE migration.changes REPLICA IDENTITY FULL;

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

-- Notes a change of a row, or of all rows before they are truncated; the checksum of a row is that of its columns from before realms.
CREATE FUNCTION migration.note_change() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = migration, pg_temp AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    EXECUTE format('INSERT INTO changes SELECT %1$L, right(id::text, 3), -count(*), -sum(row_checksum(t)) FROM %2$I.%1$I AS t GROUP BY 2',
                   TG_TABLE_NAME, TG_TABLE_SCHEMA);
    RETURN NULL;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO changes VALUES (TG_TABLE_NAME, right(OLD.id::text, 3), -1, -row_checksum(OLD)::numeric);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO changes VALUES (TG_TABLE_NAME, right(NEW.id::text, 3), 1, row_checksum(NEW));
  END IF;
  RETURN NULL;
END $$;

-- Begins the ledger of a table. Called before the table gets its first column from us, so the columns it has are those to keep.
-- hash_record_extended depends on values only, on no session setting; the migration itself sets realms.migration and is not noted.
-- The triggers fire always: what a replication applies is noted, too. Cascades and COPY fire them as well; whoever disables triggers, or
-- changes a column's type, makes a difference that an operator has to look at.
CREATE PROCEDURE migration.note_changes_of(p_table regclass)
  LANGUAGE plpgsql SET search_path = migration, pg_temp AS $$
DECLARE
  v_columns name[] := ARRAY(SELECT attname FROM pg_attribute
                            WHERE attrelid = p_table AND attnum > 0 AND NOT attisdropped ORDER BY attnum);
BEGIN
  EXECUTE format('CREATE FUNCTION migration.row_checksum(t %s) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $f$
                  SELECT pg_catalog.hash_record_extended(ROW(%s), 0) $f$',
                 p_table, (SELECT string_agg(format('t.%I', c), ', ' ORDER BY n) FROM unnest(v_columns) WITH ORDINALITY AS u (c, n)));
  EXECUTE format('CREATE TRIGGER noted_for_migration AFTER INSERT OR DELETE OR UPDATE OF %s ON %s FOR EACH ROW
                  WHEN (current_setting(''realms.migration'', true) IS DISTINCT FROM ''on'') EXECUTE FUNCTION migration.note_change()',
                 (SELECT string_agg(format('%I', c), ', ' ORDER BY n) FROM unnest(v_columns) WITH ORDINALITY AS u (c, n)), p_table);
  EXECUTE format('CREATE TRIGGER truncation_noted_for_migration BEFORE TRUNCATE ON %s FOR EACH STATEMENT
                  WHEN (current_setting(''realms.migration'', true) IS DISTINCT FROM ''on'') EXECUTE FUNCTION migration.note_change()', p_table);
  EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER noted_for_migration, ENABLE ALWAYS TRIGGER truncation_noted_for_migration', p_table);
END $$;
