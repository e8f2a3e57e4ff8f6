-- A nullable column and triggers are all the pre-realm application can meet: no rewrite, no index, no foreign key yet.
-- At once: a lock that grows would wait for transactions that wait for it.
LOCK TABLE api_keys IN ACCESS EXCLUSIVE MODE;
CALL migration.note_changes_of('api_keys');
ALTER TABLE api_keys ADD COLUMN realm_id uuid, ADD COLUMN name_key text COLLATE "C";
CREATE TRIGGER api_keys_realm_on_insert BEFORE INSERT ON api_keys FOR EACH ROW EXECUTE FUNCTION put_row_into_realm();
CREATE TRIGGER api_keys_realm_on_new_owner BEFORE UPDATE ON api_keys
  FOR EACH ROW WHEN (NEW.user_id <> OLD.user_id) EXECUTE FUNCTION put_row_into_realm();
-- Behind all that may set the name. A row that gets its realm gets its key.
CREATE TRIGGER zz_name_key_on_insert BEFORE INSERT ON api_keys FOR EACH ROW EXECUTE FUNCTION keep_name_key();
CREATE TRIGGER zz_name_key_on_update BEFORE UPDATE ON api_keys
  FOR EACH ROW WHEN (NEW.name_key IS NULL OR NEW.name IS DISTINCT FROM OLD.name OR NEW.name_key <> OLD.name_key) EXECUTE FUNCTION keep_name_key();

-- Keys made from now on are kept as hashes in the column that held them in plain: 'sha256:', hex, ':' and 128 random bits in hex. Without
-- these the pre-realm application, which compares the column, would honour a hash that anybody can compute who has the key.
-- It knows nothing of previous_key, which is 'sha256:' and hex. The others say what a key may do, how long it lives, and from which networks
-- it was used.
ALTER TABLE api_keys
  ADD COLUMN access text NOT NULL DEFAULT 'WRITE',
  ADD CONSTRAINT api_keys_access_check CHECK (access IN ('READ', 'WRITE')) NOT VALID,
  ADD COLUMN prefix text,
  ADD COLUMN expires_at timestamptz(3),
  ADD COLUMN revoked_at timestamptz(3),
  ADD COLUMN previous_key text,
  ADD COLUMN previous_key_expires_at timestamptz(3),
  ADD COLUMN last_used_network text,
  ADD COLUMN known_networks text[];

-- A pre-realm key stands in the table in plain and is found by its hash, too: no key is ever sent to the database, and
-- how long a comparison takes says nothing about one.
CREATE FUNCTION api_key_hash(p_key text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog AS $$
  SELECT CASE WHEN p_key ~ '^sha256:[0-9a-f]{64}:[0-9a-f]{32}$' THEN left(p_key, 71)
              ELSE 'sha256:' || encode(sha256(convert_to(p_key, 'UTF8')), 'hex') END
$$;
