-- Whoever has rights on the table sees it all again.
CALL migration.take_row_level_security_back('user_settings');
DROP POLICY IF EXISTS user_settings_of_user ON user_settings;
