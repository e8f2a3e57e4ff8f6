-- Nothing puts its rows into a realm any more, every writer names one.
DROP TRIGGER users_default_realm ON users;
DROP FUNCTION give_user_default_realm();
DROP TRIGGER "Ids_take_realms" ON users;
DROP FUNCTION follow_user_id();
DROP TRIGGER database_servers_realm_on_insert ON database_servers;
DROP TRIGGER database_servers_realm_on_new_owner ON database_servers;
DROP TRIGGER database_servers_sealed_credentials ON database_servers;
DROP FUNCTION keep_sealed_credentials();
DROP TRIGGER databases_realm_on_insert ON databases;
DROP TRIGGER databases_realm_on_new_owner ON databases;
DROP TRIGGER documents_realm_on_insert ON documents;
DROP TRIGGER documents_realm_on_new_owner ON documents;
DROP TRIGGER jobs_realm_on_insert ON jobs;
DROP TRIGGER jobs_realm_on_new_owner ON jobs;
DROP TRIGGER api_keys_realm_on_insert ON api_keys;
DROP TRIGGER api_keys_realm_on_new_owner ON api_keys;
DROP FUNCTION put_row_into_realm();
DROP FUNCTION default_realm_of(${id});
DROP FUNCTION let_references_follow();
-- Whoever writes documents is counted.
DROP TRIGGER documents_added ON documents;
DROP TRIGGER documents_gone ON documents;
DROP TRIGGER documents_moved ON documents;
CREATE TRIGGER documents_added AFTER INSERT ON documents
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_documents();
CREATE TRIGGER documents_gone AFTER DELETE ON documents
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION count_documents();
CREATE TRIGGER documents_moved AFTER UPDATE ON documents
  REFERENCING OLD TABLE AS gone NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_documents();
CREATE FUNCTION count_no_documents() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = realms, pg_temp AS $$
BEGIN
  UPDATE databases SET pre_realm_document_count = 0 WHERE pre_realm_document_count <> 0;
  RETURN NULL;
END $$;
CREATE TRIGGER documents_truncated AFTER TRUNCATE ON documents FOR EACH STATEMENT EXECUTE FUNCTION count_no_documents();
DROP TRIGGER realms_empty_to_deactivate ON realms;
DROP FUNCTION check_realm_is_empty();
