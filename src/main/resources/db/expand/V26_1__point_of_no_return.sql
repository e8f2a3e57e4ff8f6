-- When a finalization has begun, keys and credentials have been changed past giving back: nothing leads to a rollback any more.
ALTER TABLE migration.state ADD COLUMN finalizing_since timestamptz;

CREATE OR REPLACE FUNCTION migration.check_move() RETURNS trigger
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
