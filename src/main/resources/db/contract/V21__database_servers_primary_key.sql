-- The key starts with the realm: an id says nothing outside its realm.
-- SET NOT NULL stands alone: in one command with the drop of the validated check it would not see it and scan the table.
-- What refers to it by the id alone: databases.
CALL migration.drop_references('database_servers');
ALTER TABLE database_servers ALTER COLUMN realm_id SET NOT NULL;
ALTER TABLE database_servers
  DROP CONSTRAINT database_servers_realm_id_check,
  DROP CONSTRAINT database_servers_pkey,
  ADD CONSTRAINT database_servers_pkey PRIMARY KEY USING INDEX database_servers_realm_id_id_key;
CALL migration.keep_replica_identity('database_servers');
CALL migration.bring_references_back('database_servers', 'reference of others');
