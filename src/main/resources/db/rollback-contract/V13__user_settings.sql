-- Whoever has rights on the table sees it all again.
ALTER TABLE user_settings DISABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS user_settings_of_user ON user_settings;
