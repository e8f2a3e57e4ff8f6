-- Nothing is left in it. One that the take-over has not come to make is somebody else's.
DO $$
DECLARE
  v_ours boolean := false;
BEGIN
  IF to_regclass('migration.flyway_take_over') IS NOT NULL THEN
    EXECUTE 'SELECT EXISTS (SELECT FROM migration.flyway_take_over WHERE version = ''1'')' INTO v_ours;
  END IF;
  IF v_ours THEN
    DROP SCHEMA IF EXISTS realms;
  END IF;
END $$;
