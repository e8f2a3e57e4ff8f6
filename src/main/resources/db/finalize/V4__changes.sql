-- Nobody can go back any more, so what the application changes need not be told apart from a loss.
DO $$
DECLARE
  v_table regclass;
BEGIN
  FOREACH v_table IN ARRAY '{users,user_settings,database_servers,databases,documents,jobs,api_keys}'::regclass[] LOOP
    EXECUTE format('DROP TRIGGER noted_for_migration ON %s', v_table);
    EXECUTE format('DROP TRIGGER truncation_noted_for_migration ON %s', v_table);
    EXECUTE format('DROP FUNCTION migration.row_checksum(%s)', v_table);
  END LOOP;
END $$;
DROP PROCEDURE migration.note_changes_of(regclass);
DROP FUNCTION migration.is_hashable(oid);
DROP FUNCTION migration.note_change();
DROP TABLE migration.changes;
DROP TABLE migration.baseline;
