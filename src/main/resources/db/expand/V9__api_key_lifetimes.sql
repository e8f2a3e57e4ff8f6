-- Keys made from now on are kept as hashes ('sha256:' and hex) in the column that held them in plain; these say how long they live.
ALTER TABLE api_keys
  ADD COLUMN prefix text,
  ADD COLUMN expires_at timestamptz(3),
  ADD COLUMN revoked_at timestamptz(3),
  ADD COLUMN previous_key text,
  ADD COLUMN previous_key_expires_at timestamptz(3);
