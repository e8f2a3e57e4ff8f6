-- The realm a user last switched to; one that is gone or inactive counts as none.
-- At once: a lock that grows would wait for transactions that wait for it.
LOCK TABLE user_settings IN ACCESS EXCLUSIVE MODE;
CALL migration.note_changes_of('user_settings');
ALTER TABLE user_settings ADD COLUMN current_realm_id uuid;
ALTER TABLE user_settings ADD CONSTRAINT user_settings_current_realm_id_fkey
  FOREIGN KEY (current_realm_id, user_id) REFERENCES realms (id, user_id) ON DELETE SET NULL (current_realm_id)${onUpdate} NOT VALID;
