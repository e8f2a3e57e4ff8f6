-- Asks every old row; writers go on meanwhile.
ALTER TABLE databases VALIDATE CONSTRAINT databases_realm_kept_check;
ALTER TABLE databases VALIDATE CONSTRAINT databases_realm_id_check;
ALTER TABLE databases VALIDATE CONSTRAINT databases_realm_id_fkey;
ALTER TABLE databases VALIDATE CONSTRAINT databases_realm_id_server_id_fkey;
ALTER TABLE databases VALIDATE CONSTRAINT databases_name_check;
