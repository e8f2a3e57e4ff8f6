-- The pre-realm application is gone: every writer names the realm, and no row changes it.
DROP TRIGGER databases_realm_on_first_reference ON databases;
DROP TRIGGER databases_realm_on_new_reference ON databases;
DROP TRIGGER "Databases_take_documents" ON databases;
DROP TRIGGER documents_realm_on_first_reference ON documents;
DROP TRIGGER documents_realm_on_new_reference ON documents;
DROP TRIGGER "Documents_take_jobs" ON documents;
DROP TRIGGER jobs_realm_on_first_reference ON jobs;
DROP TRIGGER jobs_realm_on_new_reference ON jobs;
DROP FUNCTION take_rows_along();
DROP FUNCTION follow_reference();
DROP FUNCTION realm_of_reference(text, ${id}, ${id});
