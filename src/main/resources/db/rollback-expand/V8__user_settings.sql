-- The realm a user last switched to is in the archive; the reference looks at realms.
DROP TRIGGER IF EXISTS noted_for_migration ON user_settings;
DROP TRIGGER IF EXISTS truncation_noted_for_migration ON user_settings;
DROP FUNCTION IF EXISTS migration.row_checksum(user_settings);
ALTER TABLE user_settings DROP COLUMN IF EXISTS current_realm_id;
