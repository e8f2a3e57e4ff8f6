-- Asks every old row; writers go on meanwhile.
ALTER TABLE database_servers VALIDATE CONSTRAINT database_servers_realm_kept_check;
ALTER TABLE database_servers VALIDATE CONSTRAINT database_servers_realm_id_check;
ALTER TABLE database_servers VALIDATE CONSTRAINT database_servers_realm_id_fkey;
