-- What a row refers to lies in its own realm: every reference carries the realm. It is asked at once, unless a row of the pre-realm application
-- goes to another realm: then what refers to it may follow until the transaction ends.
ALTER TABLE documents ADD CONSTRAINT documents_realm_id_database_id_fkey
  FOREIGN KEY (realm_id, database_id) REFERENCES databases (realm_id, id) ON DELETE SET NULL (database_id)${onUpdate} DEFERRABLE NOT VALID;
