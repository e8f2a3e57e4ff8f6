-- What a row refers to lies in its own realm: every reference carries the realm. It is asked at once, unless a row of the pre-realm application
-- goes to another realm: then what refers to it may follow until the transaction ends.
ALTER TABLE databases ADD CONSTRAINT databases_realm_id_server_id_fkey
  FOREIGN KEY (realm_id, server_id) REFERENCES database_servers (realm_id, id) ON DELETE CASCADE${onUpdate} DEFERRABLE NOT VALID;
