-- The reference to the current realm was added without asking the old rows.
ALTER TABLE user_settings VALIDATE CONSTRAINT user_settings_current_realm_id_fkey;
