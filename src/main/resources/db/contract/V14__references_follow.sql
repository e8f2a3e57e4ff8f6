-- From here on there are such references.
CREATE OR REPLACE FUNCTION let_references_follow() RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  SET CONSTRAINTS realms.database_servers_realm_id_fkey, realms.databases_realm_id_fkey, realms.documents_realm_id_fkey, realms.jobs_realm_id_fkey,
    realms.databases_realm_id_server_id_fkey, realms.documents_realm_id_database_id_fkey, realms.jobs_realm_id_document_id_fkey DEFERRED;
END $$;
