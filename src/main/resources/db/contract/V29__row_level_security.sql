-- Last, because it binds whoever is not the owner: rows of a realm that is not open are neither seen nor changed.
CREATE POLICY database_servers_of_open_realm ON database_servers USING (realm_id = nullif(current_setting('app.realm_id', true), '')::uuid);
ALTER TABLE database_servers ENABLE ROW LEVEL SECURITY;
CREATE POLICY databases_of_open_realm ON databases USING (realm_id = nullif(current_setting('app.realm_id', true), '')::uuid);
ALTER TABLE databases ENABLE ROW LEVEL SECURITY;
CREATE POLICY documents_of_open_realm ON documents USING (realm_id = nullif(current_setting('app.realm_id', true), '')::uuid);
ALTER TABLE documents ENABLE ROW LEVEL SECURITY;
CREATE POLICY jobs_of_open_realm ON jobs USING (realm_id = nullif(current_setting('app.realm_id', true), '')::uuid);
ALTER TABLE jobs ENABLE ROW LEVEL SECURITY;
CREATE POLICY api_keys_of_open_realm ON api_keys USING (realm_id = nullif(current_setting('app.realm_id', true), '')::uuid);
ALTER TABLE api_keys ENABLE ROW LEVEL SECURITY;
