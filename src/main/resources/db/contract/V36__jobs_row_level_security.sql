-- Last, because it binds whoever is not the owner: rows of a realm that is not open are neither seen nor changed. With no realm open the
-- runtime role's statements fail, where finding nothing could pass for an answer.
CREATE POLICY jobs_of_open_realm ON jobs USING (realm_id = (SELECT open_realm_id()));
ALTER TABLE jobs ENABLE ROW LEVEL SECURITY;
