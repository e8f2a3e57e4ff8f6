-- Every row has a realm, an active one of its user. NOT VALID: binds what is written from here on, reads nothing yet.
ALTER TABLE documents
  ADD COLUMN realm_kept boolean NOT NULL DEFAULT true,
  ADD CONSTRAINT documents_realm_kept_check CHECK (realm_kept) NOT VALID,
  ADD CONSTRAINT documents_realm_id_check CHECK (realm_id IS NOT NULL) NOT VALID;
ALTER TABLE documents ADD CONSTRAINT documents_realm_id_fkey
  FOREIGN KEY (realm_id, user_id, realm_kept) REFERENCES realms (id, user_id, is_kept) ON DELETE CASCADE${onUpdate} DEFERRABLE NOT VALID;
