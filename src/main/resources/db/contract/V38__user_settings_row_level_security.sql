-- Last, because it binds whoever is not the owner: rows of a realm that is not open are neither seen nor changed. With no realm open the
-- runtime role's statements fail, where finding nothing could pass for an answer.
CREATE POLICY user_settings_of_user ON user_settings USING (user_id = (SELECT open_user_id()));
ALTER TABLE user_settings ENABLE ROW LEVEL SECURITY;
