-- Every row has a realm, an active one of its user. NOT VALID: binds what is written from here on, reads nothing yet.
ALTER TABLE database_servers
  ADD COLUMN realm_kept boolean NOT NULL DEFAULT true,
  ADD CONSTRAINT database_servers_realm_kept_check CHECK (realm_kept) NOT VALID,
  ADD CONSTRAINT database_servers_realm_id_check CHECK (realm_id IS NOT NULL) NOT VALID;
ALTER TABLE database_servers ADD CONSTRAINT database_servers_realm_id_fkey
  FOREIGN KEY (realm_id, user_id, realm_kept) REFERENCES realms (id, user_id, is_kept) ON DELETE CASCADE${onUpdate} DEFERRABLE NOT VALID;
