-- Last, because it binds whoever is not the owner: rows of a realm that is not open are neither seen nor changed. With no realm open the
-- runtime role's statements fail, where finding nothing could pass for an answer.
CREATE POLICY database_servers_of_open_realm ON database_servers USING (realm_id = (SELECT open_realm_id()));
ALTER TABLE database_servers ENABLE ROW LEVEL SECURITY;
CREATE POLICY databases_of_open_realm ON databases USING (realm_id = (SELECT open_realm_id()));
ALTER TABLE databases ENABLE ROW LEVEL SECURITY;
CREATE POLICY documents_of_open_realm ON documents USING (realm_id = (SELECT open_realm_id()));
ALTER TABLE documents ENABLE ROW LEVEL SECURITY;
CREATE POLICY jobs_of_open_realm ON jobs USING (realm_id = (SELECT open_realm_id()));
ALTER TABLE jobs ENABLE ROW LEVEL SECURITY;
CREATE POLICY api_keys_of_open_realm ON api_keys USING (realm_id = (SELECT open_realm_id()));
ALTER TABLE api_keys ENABLE ROW LEVEL SECURITY;
CREATE POLICY user_settings_of_user ON user_settings USING (user_id = (SELECT open_user_id()));
ALTER TABLE user_settings ENABLE ROW LEVEL SECURITY;
