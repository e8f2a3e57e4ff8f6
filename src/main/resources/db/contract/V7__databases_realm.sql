-- Every row has a realm, an active one of its user. NOT VALID: binds what is written from here on, reads nothing yet.
ALTER TABLE databases
  ADD COLUMN realm_kept boolean NOT NULL DEFAULT true,
  ADD CONSTRAINT databases_realm_kept_check CHECK (realm_kept) NOT VALID,
  ADD CONSTRAINT databases_realm_id_check CHECK (realm_id IS NOT NULL) NOT VALID,
  ADD CONSTRAINT databases_name_check CHECK (name IS NOT NULL) NOT VALID;
ALTER TABLE databases ADD CONSTRAINT databases_realm_id_fkey
  FOREIGN KEY (realm_id, user_id, realm_kept) REFERENCES realms (id, user_id, is_kept) ON DELETE CASCADE${onUpdate} DEFERRABLE NOT VALID;
