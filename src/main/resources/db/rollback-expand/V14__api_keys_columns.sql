-- Which key was in which realm, and how long it lives, is in the archive; from where it was used is not.
ALTER TABLE api_keys
  DROP COLUMN IF EXISTS realm_id,
  DROP COLUMN IF EXISTS access,
  DROP COLUMN IF EXISTS name_key,
  DROP COLUMN IF EXISTS prefix,
  DROP COLUMN IF EXISTS expires_at,
  DROP COLUMN IF EXISTS revoked_at,
  DROP COLUMN IF EXISTS previous_key,
  DROP COLUMN IF EXISTS previous_key_expires_at,
  DROP COLUMN IF EXISTS last_used_network,
  DROP COLUMN IF EXISTS known_networks;
