-- Fills a database made by prisma.sql as load.sql fills the other shape, size and heavy tail alike: `:users` is replaced by a number, and
-- the whole runs in one transaction (reproducible). Ids are UUIDs; a seventh of the users and their rows are older, and theirs are cuids.
-- All times are given, in UTC, since CURRENT_TIMESTAMP would put in the session's time zone.
CREATE FUNCTION pg_temp.seed_id(what text, old boolean) RETURNS text IMMUTABLE LANGUAGE sql
RETURN CASE WHEN old THEN 'c' || substr(md5(what), 1, 24) ELSE md5(what)::uuid::text END;

CREATE TEMP TABLE seed_user ON COMMIT DROP AS
SELECT rank, rank % 7 = 0 AS old,
       pg_temp.seed_id('user-' || rank, rank % 7 = 0) AS id,
       (5.0 * :users / (rank::float8 * rank))::int
         + floor(-22 * ln(1 - (abs(hashtext('d' || rank)::bigint) % 100000) / 100000.0))::int AS documents,
       1 + floor(-2.5 * ln(1 - (abs(hashtext('b' || rank)::bigint) % 100000) / 100000.0))::int AS databases,
       floor(-2.5 * ln(1 - (abs(hashtext('k' || rank)::bigint) % 100000) / 100000.0))::int AS api_keys,
       timestamp(3) '2023-01-01' + rank * interval '1117 s' AS at
FROM generate_series(1, :users) AS rank;

INSERT INTO "users" ("id", "name", "email", "avatar", "role", "createdAt", "updatedAt")
SELECT id, CASE WHEN rank % 97 = 0 THEN 'Zoë ' || rank || ' 数据' ELSE 'User ' || rank END, 'user' || rank || '@example.com',
       CASE WHEN rank % 5 = 0 THEN 'https://example.com/' || rank || '.png' END,
       (CASE WHEN rank = 1 THEN 'ADMIN' WHEN rank % 10 = 0 THEN 'VIEWER' ELSE 'USER' END)::"UserRole", at, at
FROM seed_user ORDER BY rank;

INSERT INTO "user_settings" ("id", "userId", "theme", "createdAt", "updatedAt")
SELECT pg_temp.seed_id('settings-' || rank, old),
       id, (ARRAY['LIGHT', 'DARK', 'SYSTEM']::"Theme"[])[1 + rank % 3], at, at
FROM seed_user;

INSERT INTO "database_servers"
  ("id", "name", "type", "host", "port", "username", "password", "apiKey", "isActive", "createdAt", "lastConnected", "updatedAt", "userId")
SELECT pg_temp.seed_id('server-' || rank, old), 'server', (ARRAY['QDRANT', 'NEO4J', 'PINECONE', 'WEAVIATE', 'CHROMA']::"DatabaseType"[])[1 + rank % 5],
       'db' || rank || '.internal', 6333, 'svc', 'pw-' || md5('pw' || rank), CASE WHEN rank % 5 = 2 THEN 'pc-' || md5('pc' || rank) END,
       rank % 3 <> 0, at, CASE WHEN rank % 3 <> 0 THEN at + interval '1 day' END, at, id
FROM seed_user;

INSERT INTO "databases" ("id", "name", "description", "lastUpdated", "createdAt", "updatedAt", "userId", "serverId")
SELECT pg_temp.seed_id('database-' || rank || '-' || n, old), 'database ' || n, 'Number ' || n || ' of user ' || rank, at, at, at,
       id, pg_temp.seed_id('server-' || rank, old)
FROM seed_user, generate_series(1, databases) AS n ORDER BY md5(rank || '-' || n);

CREATE TEMP TABLE seed_document ON COMMIT DROP AS
SELECT pg_temp.seed_id('document-' || rank || '-' || n, old) AS id, id AS "userId", rank, n, old,
       timestamp(3) '2024-01-01' + abs(hashtext('t' || rank || '-' || n)::bigint) % 60480000 * interval '1 s'
         + n % 1000 * interval '1 ms' AS at,
       CASE WHEN n % 10 <> 0 THEN pg_temp.seed_id('database-' || rank || '-' || (1 + n % databases), old) END AS "databaseId"
FROM seed_user, generate_series(1, documents) AS n;

INSERT INTO "documents"
  ("id", "name", "type", "state", "chunks", "quality", "uploadDate", "createdAt", "updatedAt", "userId", "databaseId")
SELECT id, 'report-' || rank || '-' || n || '.pdf', 'application/pdf',
       (CASE WHEN n % 7 = 0 THEN 'PENDING' WHEN n % 11 = 0 THEN 'INGESTING' WHEN n % 13 = 0 THEN 'DEPRECATED' WHEN n % 17 = 0 THEN 'DELETED'
             ELSE 'INGESTED' END)::"DocumentState",
       n % 200, (n % 100) / 100.0, at, at, at, "userId", "databaseId"
FROM seed_document ORDER BY at;

INSERT INTO "jobs" ("id", "documentName", "documentType", "startDate", "endDate", "status", "percentage", "summary", "createdAt", "updatedAt",
  "documentId", "userId")
SELECT pg_temp.seed_id('job-' || rank || '-' || n, old),
       'report-' || rank || '-' || n || '.pdf', 'application/pdf', at, CASE WHEN n % 7 <> 0 THEN at + interval '90 s' END,
       (CASE WHEN n % 7 = 0 THEN (ARRAY['PENDING', 'WAITING_FOR_REMOTE_WORKER', 'PROCESSING'])[1 + n % 3]
             WHEN n % 11 = 0 THEN 'FAILED' WHEN n % 13 = 0 THEN 'CANCELLED' ELSE 'FINISHED' END)::"JobStatus",
       CASE WHEN n % 7 = 0 THEN n % 100 ELSE 100 END, 'Processed ' || n % 200 || ' chunks', at, at, id, "userId"
FROM seed_document ORDER BY at;

INSERT INTO "api_keys" ("id", "name", "key", "created", "lastUsed", "createdAt", "updatedAt", "userId")
SELECT pg_temp.seed_id('key-' || rank || '-' || n, old),
       'key ' || n, 'sk_' || md5('k' || rank || '-' || n) || md5('q' || rank || '-' || n), at,
       CASE WHEN n % 2 = 0 THEN at + interval '30 days' END, at, at, id
FROM seed_user, generate_series(1, api_keys) AS n ORDER BY md5(rank || '-' || n);

UPDATE "databases" AS d SET "documentCount" = c.n
FROM (SELECT "databaseId", count(*) AS n FROM "documents" GROUP BY "databaseId") AS c WHERE c."databaseId" = d."id";
DROP FUNCTION pg_temp.seed_id;
