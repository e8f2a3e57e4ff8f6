-- The key starts with the realm: an id says nothing outside its realm. The validated check spares SET NOT NULL its scan.
ALTER TABLE databases DROP CONSTRAINT databases_server_id_fkey;
ALTER TABLE database_servers
  ALTER COLUMN realm_id SET NOT NULL,
  DROP CONSTRAINT database_servers_realm_id_check,
  DROP CONSTRAINT database_servers_pkey,
  ADD CONSTRAINT database_servers_pkey PRIMARY KEY USING INDEX database_servers_realm_id_id_key;
