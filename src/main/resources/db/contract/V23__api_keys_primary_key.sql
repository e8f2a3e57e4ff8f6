-- The key starts with the realm: an id says nothing outside its realm. The validated check spares SET NOT NULL its scan.
ALTER TABLE api_keys
  ALTER COLUMN realm_id SET NOT NULL,
  DROP CONSTRAINT api_keys_realm_id_check,
  DROP CONSTRAINT api_keys_pkey,
  ADD CONSTRAINT api_keys_pkey PRIMARY KEY USING INDEX api_keys_realm_id_id_key;
