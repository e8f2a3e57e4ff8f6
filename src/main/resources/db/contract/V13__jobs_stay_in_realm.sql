-- What a row refers to lies in its own realm: every reference carries the realm. It is asked at once, unless a row of the pre-realm application
-- goes to another realm: then what refers to it may follow until the transaction ends.
ALTER TABLE jobs ADD CONSTRAINT jobs_realm_id_document_id_fkey
  FOREIGN KEY (realm_id, document_id) REFERENCES documents (realm_id, id) ON DELETE CASCADE${onUpdate} DEFERRABLE NOT VALID;
