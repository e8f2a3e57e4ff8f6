-- The tables of an empty database, as an installation from before realms has them: everything after this is one way for both.

CREATE TABLE users (
  id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name        text NOT NULL,
  email       text NOT NULL,
  avatar      text,
  role        text NOT NULL DEFAULT 'USER',
  created_at  timestamptz(3) NOT NULL DEFAULT now(),
  updated_at  timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT users_email_key UNIQUE (email),
  CONSTRAINT users_role_check CHECK (role IN ('ADMIN', 'USER', 'VIEWER'))
);

CREATE TABLE user_settings (
  id                uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id           uuid NOT NULL,
  theme             text NOT NULL DEFAULT 'LIGHT',
  language          text NOT NULL DEFAULT 'en',
  notifications     boolean NOT NULL DEFAULT true,
  auto_save         boolean NOT NULL DEFAULT true,
  default_database  text,
  created_at        timestamptz(3) NOT NULL DEFAULT now(),
  updated_at        timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT user_settings_user_id_key UNIQUE (user_id),
  CONSTRAINT user_settings_theme_check CHECK (theme IN ('LIGHT', 'DARK', 'SYSTEM')),
  CONSTRAINT user_settings_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE TABLE database_servers (
  id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name            text NOT NULL,
  type            text NOT NULL,
  host            text NOT NULL,
  port            integer NOT NULL,
  username        text,
  password        text,
  api_key         text,
  database        text,
  collection      text,
  is_active       boolean NOT NULL DEFAULT false,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  last_connected  timestamptz(3),
  updated_at      timestamptz(3) NOT NULL DEFAULT now(),
  user_id         uuid NOT NULL,
  CONSTRAINT database_servers_type_check CHECK (type IN ('QDRANT', 'NEO4J', 'PINECONE', 'WEAVIATE', 'CHROMA')),
  CONSTRAINT database_servers_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX idx_database_servers_user_id ON database_servers (user_id);

CREATE TABLE databases (
  id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name            text NOT NULL,
  description     text NOT NULL,
  document_count  integer NOT NULL DEFAULT 0,
  last_updated    timestamptz(3) NOT NULL DEFAULT now(),
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  updated_at      timestamptz(3) NOT NULL DEFAULT now(),
  user_id         uuid NOT NULL,
  server_id       uuid NOT NULL,
  CONSTRAINT databases_name_user_id_key UNIQUE (name, user_id),
  CONSTRAINT databases_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
  CONSTRAINT databases_server_id_fkey FOREIGN KEY (server_id) REFERENCES database_servers (id) ON DELETE CASCADE
);
CREATE INDEX idx_databases_user_id ON databases (user_id);
CREATE INDEX idx_databases_server_id ON databases (server_id);

CREATE TABLE documents (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name         text NOT NULL,
  type         text NOT NULL,
  state        text NOT NULL DEFAULT 'PENDING',
  version      integer NOT NULL DEFAULT 1,
  chunks       integer NOT NULL DEFAULT 0,
  quality      double precision NOT NULL DEFAULT 0.0,
  upload_date  timestamptz(3) NOT NULL DEFAULT now(),
  created_at   timestamptz(3) NOT NULL DEFAULT now(),
  updated_at   timestamptz(3) NOT NULL DEFAULT now(),
  user_id      uuid NOT NULL,
  database_id  uuid,
  CONSTRAINT documents_state_check CHECK (state IN ('PENDING', 'INGESTING', 'INGESTED', 'DEPRECATED', 'DELETED')),
  CONSTRAINT documents_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
  CONSTRAINT documents_database_id_fkey FOREIGN KEY (database_id) REFERENCES databases (id) ON DELETE SET NULL
);
CREATE INDEX idx_documents_user_id ON documents (user_id);
CREATE INDEX idx_documents_database_id ON documents (database_id);

CREATE TABLE jobs (
  id             uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  document_name  text NOT NULL,
  document_type  text NOT NULL,
  start_date     timestamptz(3) NOT NULL DEFAULT now(),
  end_date       timestamptz(3),
  status         text NOT NULL DEFAULT 'PENDING',
  percentage     integer NOT NULL DEFAULT 0,
  summary        text NOT NULL DEFAULT '',
  created_at     timestamptz(3) NOT NULL DEFAULT now(),
  updated_at     timestamptz(3) NOT NULL DEFAULT now(),
  document_id    uuid NOT NULL,
  user_id        uuid NOT NULL,
  CONSTRAINT jobs_status_check CHECK (status IN ('PENDING', 'WAITING_FOR_REMOTE_WORKER', 'PROCESSING', 'FINISHED', 'FAILED', 'CANCELLED')),
  CONSTRAINT jobs_document_id_fkey FOREIGN KEY (document_id) REFERENCES documents (id) ON DELETE CASCADE,
  CONSTRAINT jobs_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX idx_jobs_user_id ON jobs (user_id);
CREATE INDEX idx_jobs_document_id ON jobs (document_id);

CREATE TABLE api_keys (
  id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name        text NOT NULL,
  key         text NOT NULL,
  created     timestamptz(3) NOT NULL DEFAULT now(),
  last_used   timestamptz(3),
  created_at  timestamptz(3) NOT NULL DEFAULT now(),
  updated_at  timestamptz(3) NOT NULL DEFAULT now(),
  user_id     uuid NOT NULL,
  CONSTRAINT api_keys_key_key UNIQUE (key),
  CONSTRAINT api_keys_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX idx_api_keys_user_id ON api_keys (user_id);
