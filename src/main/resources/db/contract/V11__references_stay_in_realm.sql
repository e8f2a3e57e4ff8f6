-- What a row refers to lies in its own realm: every reference carries the realm.
ALTER TABLE databases ADD CONSTRAINT databases_realm_id_server_id_fkey
  FOREIGN KEY (realm_id, server_id) REFERENCES database_servers (realm_id, id) ON DELETE CASCADE${onUpdate} NOT VALID;
ALTER TABLE documents ADD CONSTRAINT documents_realm_id_database_id_fkey
  FOREIGN KEY (realm_id, database_id) REFERENCES databases (realm_id, id) ON DELETE SET NULL (database_id)${onUpdate} NOT VALID;
ALTER TABLE jobs ADD CONSTRAINT jobs_realm_id_document_id_fkey
  FOREIGN KEY (realm_id, document_id) REFERENCES documents (realm_id, id) ON DELETE CASCADE${onUpdate} NOT VALID;
