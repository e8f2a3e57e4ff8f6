-- Asks every old row; writers go on meanwhile.
ALTER TABLE api_keys VALIDATE CONSTRAINT api_keys_access_check;
ALTER TABLE api_keys VALIDATE CONSTRAINT api_keys_realm_kept_check;
ALTER TABLE api_keys VALIDATE CONSTRAINT api_keys_realm_id_check;
ALTER TABLE api_keys VALIDATE CONSTRAINT api_keys_realm_id_fkey;
