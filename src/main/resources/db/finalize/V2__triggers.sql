-- Nothing puts its rows into a realm any more, every writer names one.
DROP TRIGGER users_default_realm ON users;
DROP FUNCTION give_user_default_realm();
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
DROP TRIGGER realms_empty_to_deactivate ON realms;
DROP FUNCTION check_realm_is_empty();
