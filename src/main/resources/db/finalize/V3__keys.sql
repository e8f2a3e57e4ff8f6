-- What the pre-realm application found rows by, and a rollback needed. Where another table of the installation refers to an id, it stays.
DO $$
DECLARE
  v_index regclass;
BEGIN
  FOREACH v_index IN ARRAY '{database_servers_id_key,databases_id_key,documents_id_key,jobs_id_key,api_keys_id_key}'::regclass[] LOOP
    IF NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = v_index) THEN
      EXECUTE format('DROP INDEX %s', v_index);
    END IF;
  END LOOP;
END $$;
CALL migration.drop_key('api_keys', '{key}');
DROP INDEX IF EXISTS idx_database_servers_user_id, idx_databases_user_id, idx_databases_server_id, idx_documents_user_id, idx_documents_database_id,
  idx_jobs_user_id, idx_jobs_document_id, idx_api_keys_user_id;
