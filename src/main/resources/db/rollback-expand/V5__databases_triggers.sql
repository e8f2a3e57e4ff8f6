-- All triggers go before the first column does: one table's look at another's.
DO $$
DECLARE
  v_trigger name;
BEGIN
  FOR v_trigger IN
    SELECT tgname FROM pg_trigger WHERE tgrelid = 'databases'::regclass AND tgfoid IN (
      to_regprocedure('realms.put_row_into_realm()'), to_regprocedure('realms.follow_reference()'),
      to_regprocedure('realms.take_rows_along()'), to_regprocedure('migration.note_change()'),
      to_regprocedure('realms.keep_two_names()'), to_regprocedure('realms.show_old_count()'))
  LOOP
    EXECUTE format('DROP TRIGGER %I ON databases', v_trigger);
  END LOOP;
END $$;
DROP FUNCTION IF EXISTS migration.row_checksum(databases);
