-- Last, because it binds whoever is not the owner: rows of a realm that is not open are neither seen nor changed. With no realm open the
-- runtime role's statements fail, where finding nothing could pass for an answer.
CREATE POLICY database_servers_of_open_realm ON database_servers USING (realm_id = (SELECT open_realm_id()));
ALTER TABLE database_servers ENABLE ROW LEVEL SECURITY;
