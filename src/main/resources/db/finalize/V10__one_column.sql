-- A name is unique in its realm, the count is ours, and that is all. The trigger of the count depends on the column.
LOCK TABLE databases IN ACCESS EXCLUSIVE MODE;
DROP TRIGGER databases_two_columns ON databases;
DROP FUNCTION keep_two_names();
DROP TRIGGER databases_document_count ON databases;
ALTER TABLE databases DROP COLUMN name, DROP COLUMN document_count;
ALTER TABLE databases RENAME COLUMN pre_realm_name TO name;
ALTER TABLE databases RENAME COLUMN pre_realm_document_count TO document_count;
ALTER TABLE databases ADD CONSTRAINT databases_name_realm_id_key UNIQUE USING INDEX databases_pre_realm_name_realm_id_key;
CREATE TRIGGER databases_document_count BEFORE INSERT OR UPDATE OF document_count ON databases
  FOR EACH ROW EXECUTE FUNCTION keep_document_count();
