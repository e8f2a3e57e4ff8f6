-- Fills a database made by schema.sql: `:users` is replaced by a number, and the whole runs in one transaction (reproducible).
-- Per user on average 1 server, 3 databases, 30 documents, 30 jobs, 2 API keys; heavy tail: the first user alone holds
-- about a sixth of all documents, so that a migration which thinks one user = one small transaction shows it.
DO $$ BEGIN PERFORM setseed(0.42); END $$;
CREATE TEMP TABLE seed_user ON COMMIT DROP AS
SELECT rank, md5('user-' || rank)::uuid AS id,
       (5.0 * :users / (rank::float8 * rank))::int
         + floor(-22 * ln(1 - (abs(hashtext('d' || rank)::bigint) % 100000) / 100000.0))::int AS documents,
       1 + floor(-2.5 * ln(1 - (abs(hashtext('b' || rank)::bigint) % 100000) / 100000.0))::int AS databases,
       floor(-2.5 * ln(1 - (abs(hashtext('k' || rank)::bigint) % 100000) / 100000.0))::int AS api_keys
FROM generate_series(1, :users) AS rank;

INSERT INTO users (id, name, email, role)
SELECT id, CASE WHEN rank % 97 = 0 THEN 'Zoë ' || rank || ' 数据' ELSE 'User ' || rank END, 'user' || rank || '@example.com',
       CASE WHEN rank = 1 THEN 'ADMIN' WHEN rank % 10 = 0 THEN 'VIEWER' ELSE 'USER' END
FROM seed_user ORDER BY rank;

INSERT INTO user_settings (id, user_id, theme)
SELECT md5('settings-' || rank)::uuid, id, (ARRAY['LIGHT', 'DARK', 'SYSTEM'])[1 + rank % 3] FROM seed_user;

INSERT INTO database_servers (id, name, type, host, port, username, password, is_active, user_id)
SELECT md5('server-' || rank)::uuid, 'server', (ARRAY['QDRANT', 'NEO4J', 'PINECONE', 'WEAVIATE', 'CHROMA'])[1 + rank % 5],
       'db' || rank || '.internal', 6333, 'svc', 'pw-' || md5('pw' || rank), true, id
FROM seed_user;

INSERT INTO databases (id, name, description, user_id, server_id)
SELECT md5('database-' || rank || '-' || n)::uuid, 'database ' || n, 'Number ' || n || ' of user ' || rank, id, md5('server-' || rank)::uuid
FROM seed_user, generate_series(1, databases) AS n ORDER BY md5(rank || '-' || n);

CREATE TEMP TABLE seed_document ON COMMIT DROP AS
SELECT md5('document-' || rank || '-' || n)::uuid AS id, id AS user_id, rank, n,
       timestamptz '2024-01-01 00:00Z' + random() * interval '700 days' AS at,
       CASE WHEN n % 10 <> 0 THEN md5('database-' || rank || '-' || (1 + n % databases))::uuid END AS database_id
FROM seed_user, generate_series(1, documents) AS n;

INSERT INTO documents (id, name, type, state, chunks, quality, upload_date, created_at, updated_at, user_id, database_id)
SELECT id, 'report-' || rank || '-' || n || '.pdf', 'application/pdf', CASE WHEN n % 7 = 0 THEN 'PENDING' ELSE 'INGESTED' END,
       n % 200, (n % 100) / 100.0, at, at, at, user_id, database_id
FROM seed_document ORDER BY at;

INSERT INTO jobs (id, document_name, document_type, start_date, end_date, status, percentage, summary, created_at, updated_at, document_id, user_id)
SELECT md5('job-' || rank || '-' || n)::uuid, 'report-' || rank || '-' || n || '.pdf', 'application/pdf', at, at + interval '90 s',
       'FINISHED', 100, 'Processed ' || n % 200 || ' chunks', at, at, id, user_id
FROM seed_document ORDER BY at;

INSERT INTO api_keys (id, name, key, user_id)
SELECT md5('key-' || rank || '-' || n)::uuid, 'key ' || n, 'sk_' || md5('k' || rank || '-' || n) || md5('q' || rank || '-' || n), id
FROM seed_user, generate_series(1, api_keys) AS n ORDER BY md5(rank || '-' || n);

UPDATE databases AS d SET document_count = c.n
FROM (SELECT database_id, count(*) AS n FROM documents GROUP BY database_id) AS c WHERE c.database_id = d.id;
