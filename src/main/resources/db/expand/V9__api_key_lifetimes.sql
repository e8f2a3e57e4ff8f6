-- Keys made from now on are kept as hashes in the column that held them in plain: 'sha256:', hex, ':' and 128 random bits in hex. Without
-- these the pre-realm application, which compares the column, would honour a hash that anybody can compute who has the key.
-- It knows nothing of previous_key, which is 'sha256:' and hex. The others say how long keys live.
ALTER TABLE api_keys
  ADD COLUMN prefix text,
  ADD COLUMN expires_at timestamptz(3),
  ADD COLUMN revoked_at timestamptz(3),
  ADD COLUMN previous_key text,
  ADD COLUMN previous_key_expires_at timestamptz(3);
