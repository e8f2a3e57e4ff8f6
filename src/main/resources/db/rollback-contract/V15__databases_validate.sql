-- Asks every old row; writers go on meanwhile.
ALTER TABLE databases VALIDATE CONSTRAINT databases_server_id_fkey;
