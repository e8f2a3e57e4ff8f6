-- The keys that seal what must be read back, each wrapped by the master key, which is not here. One is active; a retired one still
-- opens what it sealed. A key that was not swept for is one whose rotation has not come to its end. They outlive a rollback: what they
-- sealed may come back in a backup.
CREATE TABLE migration.secret_keys (
  id            text NOT NULL,
  wrapped       text NOT NULL,
  master_id     text NOT NULL,
  created_at    timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  activated_at  timestamptz(3),
  retired_at    timestamptz(3),
  swept_at      timestamptz(3),
  CONSTRAINT secret_keys_pkey PRIMARY KEY (id),
  CONSTRAINT secret_keys_id_check CHECK (id ~ '^[0-9a-f]{8}$')
);
CREATE UNIQUE INDEX secret_keys_one_active_key ON migration.secret_keys ((true)) WHERE activated_at IS NOT NULL AND retired_at IS NULL;
