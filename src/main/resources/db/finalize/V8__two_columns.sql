-- A name is unique in its realm, the count is ours, and that is all.
CALL migration.drop_key('databases', '{pre_realm_name,user_id}');
ALTER TABLE databases DROP COLUMN pre_realm_name, DROP COLUMN pre_realm_document_count;
