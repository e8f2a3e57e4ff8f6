-- What the pre-realm application sends on the snake_case shape: the operations of prisma.sql, as SQL written by hand.
-- OldApplicationScript says how to read it.

-- operation: sign up
BEGIN;
INSERT INTO users (name, email, role) VALUES ($1, $2, $3) RETURNING id, role, created_at = updated_at;
-- with: Ada | ada-${run}@example.com | ADMIN
-- gives: ${ada} | ADMIN | t
INSERT INTO user_settings (user_id, theme) VALUES ($1, 'DARK') RETURNING id, user_id, theme, language, notifications, auto_save, default_database;
-- with: ${ada}
-- gives: ${settings} | ${ada} | DARK | en | t | t | NULL
COMMIT;

-- operation: read a user by id
SELECT * FROM users WHERE id = $1;
-- with: ${ada}
-- gives: ${ada} | Ada | ada-${run}@example.com | NULL | ADMIN | * | *

-- operation: read a user by e-mail
SELECT id, role FROM users WHERE email = $1;
-- with: ada-${run}@example.com
-- gives: ${ada} | ADMIN

-- operation: read a user with all that is theirs
SELECT u.id, s.id, s.theme, v.id, k.id FROM users u JOIN user_settings s ON s.user_id = u.id LEFT JOIN database_servers v ON v.user_id = u.id LEFT JOIN api_keys k ON k.user_id = u.id WHERE u.id = $1;
-- with: ${ada}
-- gives: ${ada} | ${settings} | DARK | NULL | NULL

-- operation: a second sign-up with the same e-mail
INSERT INTO users (name, email) VALUES ($1, $2) RETURNING id;
-- with: Ada | ada-${run}@example.com
-- fails: 23505

-- operation: upsert a user by e-mail who is there
INSERT INTO users (id, name, email) VALUES ($1, $2, $3) ON CONFLICT (email) DO UPDATE SET name = EXCLUDED.name, updated_at = $4 RETURNING *;
-- with: ${nobody} | Ada L. | ada-${run}@example.com | ${now}Z
-- gives: ${ada} | Ada L. | ada-${run}@example.com | NULL | ADMIN | * | ${now}Z

-- operation: upsert a user by e-mail who is new
INSERT INTO users (id, name, email) VALUES ($1, $2, $3) ON CONFLICT (email) DO UPDATE SET name = 'never' RETURNING id, name, role;
-- with: ${ben} | Ben | ben-${run}@example.com
-- gives: ${ben} | Ben | USER

-- operation: upsert a user by id
INSERT INTO users AS u (id, name, email) VALUES ($1, 'never', 'never') ON CONFLICT (id) DO UPDATE SET avatar = $2 WHERE u.id = $3 RETURNING u.name, u.avatar;
-- with: ${ben} | ben.png | ${ben}
-- gives: Ben | ben.png

-- operation: upsert settings by user, new
INSERT INTO user_settings (user_id) VALUES ($1) ON CONFLICT (user_id) DO NOTHING RETURNING theme, language;
-- with: ${ben}
-- gives: LIGHT | en

-- operation: upsert settings by user, there
INSERT INTO user_settings (user_id) VALUES ($1) ON CONFLICT (user_id) DO UPDATE SET language = $2 RETURNING user_id, language;
-- with: ${ben} | de
-- gives: ${ben} | de

-- operation: update settings by user
UPDATE user_settings SET theme = $1, notifications = $2, default_database = $3, updated_at = now() WHERE user_id = $4 RETURNING id, theme, notifications;
-- with: SYSTEM | f | ${database} | ${ada}
-- gives: ${settings} | SYSTEM | f

-- operation: add a server
INSERT INTO database_servers (id, name, type, host, port, password, is_active, user_id) VALUES ($1, 'server', 'QDRANT', 'db.internal', $2, 'plain', $3, $4) RETURNING id, is_active, last_connected;
-- with: ${server} | 6333 | t | ${ada}
-- gives: ${server} | t | NULL

-- operation: add a server of the other user
INSERT INTO database_servers (id, name, type, host, port, user_id) VALUES ($1, 'server', 'CHROMA', 'db.internal', 8000, $2) RETURNING id;
-- with: ${server-of-ben} | ${ben}
-- gives: ${server-of-ben}

-- operation: connect a server
UPDATE database_servers SET last_connected = $1, username = $2 WHERE id = $3 RETURNING last_connected, username;
-- with: ${now}Z | NULL | ${server}
-- gives: ${now}Z | NULL

-- operation: list the servers of a user
SELECT * FROM database_servers WHERE user_id = $1 ORDER BY name;
-- with: ${ada}
-- gives: ${server} | server | QDRANT | db.internal | 6333 | NULL | plain | NULL | NULL | NULL | t | * | * | * | ${ada}

-- operation: add a database
INSERT INTO databases (id, name, description, user_id, server_id) VALUES ($1, 'notes', 'Number 1', $2, $3) RETURNING document_count;
-- with: ${database} | ${ada} | ${server}
-- gives: 0

-- operation: a second database of the same name
INSERT INTO databases (name, description, user_id, server_id) VALUES ('notes', '', $1, $2);
-- with: ${ada} | ${server}
-- fails: 23505

-- operation: upsert a database by name and user, there
INSERT INTO databases (name, description, user_id, server_id) VALUES ('notes', 'Number one', $1, $2) ON CONFLICT (name, user_id) DO UPDATE SET description = EXCLUDED.description, last_updated = $3 RETURNING *;
-- with: ${ada} | ${server} | ${now}Z
-- gives: ${database} | notes | Number one | 0 | ${now}Z | * | * | ${ada} | ${server}

-- operation: upsert a database by name and user, new
INSERT INTO databases (id, name, description, user_id, server_id) VALUES ($1, 'letters', '', $2, $3) ON CONFLICT (user_id, name) DO UPDATE SET description = 'never' RETURNING id, description;
-- with: ${second-database} | ${ada} | ${server}
-- gives: ${second-database} | ''

-- operation: upsert a database by id
INSERT INTO databases (id, name, description, user_id, server_id) VALUES ($1, 'never', 'Number two', $2, $3) ON CONFLICT (id) DO UPDATE SET description = EXCLUDED.description RETURNING name, description;
-- with: ${second-database} | ${ada} | ${server}
-- gives: letters | Number two

-- operation: count up in a database
UPDATE databases SET document_count = document_count + $1 WHERE id = $2 RETURNING document_count;
-- with: 2 | ${database}
-- gives: 2

-- operation: add a document
INSERT INTO documents (id, name, type, quality, user_id, database_id) VALUES ($1, 'a.pdf', 'application/pdf', $2, $3, $4) RETURNING id, state, version, chunks, quality, user_id, database_id;
-- with: ${document} | 0.25 | ${ada} | ${database}
-- gives: ${document} | PENDING | 1 | 0 | 0.25 | ${ada} | ${database}

-- operation: add documents
INSERT INTO documents (id, name, type, chunks, user_id, database_id) VALUES ($1, '1.txt', 'text/plain', 1, $2, $3), ($4, '2.txt', 'text/plain', 2, $5, $6), ($7, '3.txt', 'text/plain', 3, $8, $9);
-- with: ${document-1} | ${ada} | ${second-database} | ${document-2} | ${ada} | ${second-database} | ${document-3} | ${ada} | ${second-database}
-- changes: 3

-- operation: add documents, and see them
INSERT INTO documents (name, type, state, user_id) SELECT n || '.txt', 'text/plain', 'INGESTED', $1 FROM generate_series(4, 5) AS n RETURNING name, state, version;
-- with: ${ada}
-- gives: 4.txt | INGESTED | 1
-- gives: 5.txt | INGESTED | 1

-- operation: add documents but those that are there
INSERT INTO documents (id, name, type, user_id, database_id) VALUES ($1, '6.txt', 'text/plain', $2, $3), ($4, '6.txt', 'text/plain', $5, $6) ON CONFLICT DO NOTHING;
-- with: ${document} | ${ada} | ${database} | ${document-6} | ${ada} | ${database}
-- changes: 1

-- operation: a document of nobody
INSERT INTO documents (name, type, user_id) VALUES ('x', 'x', $1);
-- with: ${no-user}
-- fails: 23503

-- operation: a document in no state that there is
INSERT INTO documents (name, type, state, user_id) VALUES ('x', 'x', 'LOST', $1);
-- with: ${ada}
-- fails: 23514

-- operation: a document without a name
INSERT INTO documents (name, type, user_id) VALUES (NULL, 'x', $1);
-- with: ${ada}
-- fails: 23502

-- operation: read a document by id
SELECT * FROM documents WHERE id = $1;
-- with: ${document}
-- gives: ${document} | a.pdf | application/pdf | PENDING | 1 | 0 | 0.25 | * | * | * | ${ada} | ${database}

-- operation: read a document as many times as a driver needs to prepare it
SELECT name, state FROM documents WHERE id = $1;
-- with: ${document}
-- gives: a.pdf | PENDING
-- times: 12

-- operation: read documents by ids
SELECT id FROM documents WHERE id = ANY ($1::uuid[]);
-- with: {${document},${existing-documents},${not-there}}
-- gives: ${document}
-- gives: ${existing-documents}

-- operation: list documents, a page
SELECT name FROM documents WHERE user_id = $1 ORDER BY name DESC, id LIMIT $2 OFFSET $3;
-- with: ${ada} | 2 | 1
-- gives: 6.txt
-- gives: 5.txt

-- operation: list documents, on from one
SELECT name FROM documents WHERE user_id = $1 AND (name, id) > ('5.txt', $2) ORDER BY name, id LIMIT 10;
-- with: ${ada} | ffffffff-ffff-ffff-ffff-ffffffffffff
-- gives: 6.txt
-- gives: a.pdf

-- operation: list documents by state
SELECT name FROM documents WHERE user_id = $1 AND state IN ('INGESTED', 'DELETED') ORDER BY name;
-- with: ${ada}
-- gives: 4.txt
-- gives: 5.txt

-- operation: search documents
SELECT id FROM documents WHERE user_id = $1 AND name ILIKE $2 AND upload_date > $3;
-- with: ${ada} | %A.P% | 1970-01-01 00:00:00Z
-- gives: ${document}

-- operation: change the state of a document
UPDATE documents SET state = $1, version = version + 1, quality = $2, updated_at = $3 WHERE id = $4 RETURNING *;
-- with: INGESTING | 0.5 | ${now}Z | ${document}
-- gives: ${document} | a.pdf | application/pdf | INGESTING | 2 | 0 | 0.5 | * | * | ${now}Z | ${ada} | ${database}

-- operation: change the state of many documents
UPDATE documents SET state = 'INGESTED' WHERE user_id = $1 AND state = 'PENDING';
-- with: ${ada}
-- changes: 4

-- operation: change many documents, and see them
UPDATE documents SET chunks = chunks * 10 WHERE database_id = $1 AND chunks >= 2 RETURNING id, chunks;
-- with: ${second-database}
-- gives: ${document-2} | 20
-- gives: ${document-3} | 30

-- operation: measure nothing
SELECT sum(chunks) FROM documents WHERE database_id = $1;
-- with: ${no-such-database}
-- gives: NULL

-- operation: count documents
SELECT count(*) FROM documents WHERE user_id = $1 AND state <> 'DELETED';
-- with: ${ada}
-- gives: 7

-- operation: count documents by state
SELECT state, count(*), sum(chunks) FROM documents WHERE user_id = $1 GROUP BY state ORDER BY state;
-- with: ${ada}
-- gives: INGESTED | 6 | 51
-- gives: INGESTING | 1 | 0

-- operation: measure documents
SELECT avg(quality), max(chunks) FROM documents WHERE database_id = $1;
-- with: ${database}
-- gives: 0.25 | 0

-- operation: list databases with their servers and counts
SELECT b.name, s.name, (SELECT count(*) FROM documents d WHERE d.database_id = b.id) FROM databases b JOIN database_servers s ON s.id = b.server_id WHERE b.user_id = $1 AND s.is_active ORDER BY b.name;
-- with: ${ada}
-- gives: letters | server | 3
-- gives: notes | server | 2

-- operation: add a job
INSERT INTO jobs (id, document_name, document_type, status, document_id, user_id) VALUES ($1, 'a.pdf', 'application/pdf', 'PROCESSING', $2, $3) RETURNING end_date, status, percentage, summary;
-- with: ${job} | ${document} | ${ada}
-- gives: NULL | PROCESSING | 0 | ''

-- operation: add a job to another document
INSERT INTO jobs (document_name, document_type, document_id, user_id) SELECT name, type, id, user_id FROM documents WHERE id = $1 RETURNING user_id;
-- with: ${document-6}
-- gives: ${ada}

-- operation: add jobs
INSERT INTO jobs (document_name, document_type, document_id, user_id) VALUES ('1.txt', 'text/plain', $1, $2), ('2.txt', 'text/plain', $3, $4);
-- with: ${document-1} | ${ada} | ${document-2} | ${ada}
-- changes: 2

-- operation: a job goes on
UPDATE jobs SET percentage = $1, summary = $2 WHERE id = $3 RETURNING id, percentage, status;
-- with: 50 | Half of it | ${job}
-- gives: ${job} | 50 | PROCESSING

-- operation: upsert a job by id
INSERT INTO jobs (id, document_name, document_type, document_id, user_id) VALUES ($1, 'a.pdf', 'application/pdf', $2, $3) ON CONFLICT (id) DO UPDATE SET status = 'FINISHED', percentage = 100, end_date = $4 RETURNING *;
-- with: ${job} | ${document} | ${ada} | ${now}Z
-- gives: ${job} | a.pdf | application/pdf | * | ${now}Z | FINISHED | 100 | Half of it | * | * | ${document} | ${ada}

-- operation: list documents with their jobs
SELECT d.name, j.id FROM documents d LEFT JOIN jobs j ON j.document_id = d.id AND j.status = 'FINISHED' WHERE d.database_id = $1 ORDER BY d.name;
-- with: ${database}
-- gives: 6.txt | NULL
-- gives: a.pdf | ${job}

-- operation: find documents by their jobs
SELECT id FROM documents d WHERE user_id = $1 AND EXISTS (SELECT FROM jobs j WHERE j.document_id = d.id AND j.status = 'FINISHED');
-- with: ${ada}
-- gives: ${document}

-- operation: report
SELECT d.name, u.email, count(j.id) AS jobs, rank() OVER (ORDER BY d.name) AS place FROM documents d JOIN users u ON u.id = d.user_id LEFT JOIN jobs j ON j.document_id = d.id WHERE u.id = $1 AND d.database_id = $2 GROUP BY d.name, u.email ORDER BY d.name;
-- with: ${ada} | ${database}
-- gives: 6.txt | ada-${run}@example.com | 1 | 1
-- gives: a.pdf | ada-${run}@example.com | 1 | 2

-- operation: lock a document, and change it
BEGIN;
SELECT id, version FROM documents WHERE id = $1 FOR UPDATE;
-- with: ${document}
-- gives: ${document} | 2
UPDATE documents SET version = version + 1 WHERE id = $1 RETURNING version;
-- with: ${document}
-- gives: 3
UPDATE databases SET document_count = document_count - 1 WHERE id = $1;
-- with: ${database}
-- changes: 1
COMMIT;

-- operation: take the next job of a queue
BEGIN;
SELECT id FROM jobs WHERE document_id = $1 AND status = 'PENDING' ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED;
-- with: ${document-6}
-- gives: ${second-job}
UPDATE jobs SET status = 'PROCESSING' WHERE id = $1;
-- with: ${second-job}
-- changes: 1
COMMIT;

-- operation: two statements as one
BEGIN;
SELECT count(*) FROM jobs WHERE document_id = $1;
-- with: ${document}
-- gives: 1
UPDATE databases SET last_updated = now() WHERE id = $1;
-- with: ${database}
-- changes: 1
COMMIT;

-- operation: a transaction that is given up
BEGIN;
DELETE FROM documents WHERE id = $1 RETURNING id, name;
-- with: ${document}
-- gives: ${document} | a.pdf
ROLLBACK;

-- operation: a part of a transaction that is given up
BEGIN;
SAVEPOINT before;
DELETE FROM databases WHERE id = $1;
-- with: ${database}
-- changes: 1
ROLLBACK TO SAVEPOINT before;
SELECT count(*) FROM documents WHERE database_id = $1;
-- with: ${database}
-- gives: 2
COMMIT;

-- operation: what was given up is there
SELECT id FROM documents WHERE id = $1;
-- with: ${document}
-- gives: ${document}

-- operation: a statement over many rows
UPDATE databases b SET document_count = c.n FROM (SELECT database_id, count(*) AS n FROM documents WHERE user_id = $1 GROUP BY database_id) c WHERE c.database_id = b.id;
-- with: ${ada}
-- changes: 2

-- operation: a statement that writes twice
WITH gone AS (DELETE FROM documents WHERE id = $1 RETURNING database_id) UPDATE databases SET document_count = document_count - 1 WHERE id IN (SELECT database_id FROM gone) RETURNING document_count;
-- with: ${document-1}
-- gives: 2

-- operation: add an API key
INSERT INTO api_keys (id, name, key, user_id) VALUES ($1, 'key', $2, $3) RETURNING last_used;
-- with: ${api-key} | sk_${run} | ${ada}
-- gives: NULL

-- operation: a second API key that is the same
INSERT INTO api_keys (name, key, user_id) VALUES ('key', $1, $2);
-- with: sk_${run} | ${ben}
-- fails: 23505

-- operation: find who has an API key
SELECT k.*, u.role FROM api_keys k JOIN users u ON u.id = k.user_id WHERE k.key = $1;
-- with: sk_${run}
-- gives: ${api-key} | key | sk_${run} | * | NULL | * | * | ${ada} | ADMIN

-- operation: use an API key
UPDATE api_keys SET last_used = $1 WHERE key = $2 RETURNING id, last_used;
-- with: ${now}Z | sk_${run}
-- gives: ${api-key} | ${now}Z

-- operation: upsert an API key by key, new
INSERT INTO api_keys (id, name, key, user_id) VALUES ($1, 'second', $2, $3) ON CONFLICT (key) DO UPDATE SET name = 'never' RETURNING id, name;
-- with: ${second-api-key} | sk_second_${run} | ${ada}
-- gives: ${second-api-key} | second

-- operation: upsert an API key by key, there
INSERT INTO api_keys (name, key, user_id) VALUES ('renamed', $1, $2) ON CONFLICT (key) DO UPDATE SET name = EXCLUDED.name RETURNING id, name;
-- with: sk_second_${run} | ${ada}
-- gives: ${second-api-key} | renamed

-- operation: change an API key
UPDATE api_keys SET key = $1 WHERE id = $2 RETURNING key;
-- with: sk_changed_${run} | ${api-key}
-- gives: sk_changed_${run}

-- operation: delete an API key
DELETE FROM api_keys WHERE key = $1 RETURNING *;
-- with: sk_second_${run}
-- gives: ${second-api-key} | renamed | sk_second_${run} | * | NULL | * | * | ${ada}

-- operation: a document gets another owner
BEGIN;
UPDATE documents SET user_id = $1, database_id = NULL WHERE id = $2 RETURNING user_id;
-- with: ${ben} | ${document-6}
-- gives: ${ben}
UPDATE jobs SET user_id = $1 WHERE document_id = $2;
-- with: ${ben} | ${document-6}
-- changes: 1
COMMIT;

-- operation: a database and all in it get another owner
BEGIN;
UPDATE databases SET user_id = $1, server_id = $2 WHERE id = $3 RETURNING user_id;
-- with: ${ben} | ${server-of-ben} | ${second-database}
-- gives: ${ben}
UPDATE documents SET user_id = $1 WHERE database_id = $2;
-- with: ${ben} | ${second-database}
-- changes: 2
UPDATE jobs SET user_id = $1 FROM documents d WHERE d.id = document_id AND d.database_id = $2;
-- with: ${ben} | ${second-database}
-- changes: 1
COMMIT;

-- operation: what another owner got
SELECT count(*) FROM documents WHERE user_id = $1;
-- with: ${ben}
-- gives: 3

-- operation: a user gets another id
UPDATE users SET id = $1 WHERE id = $2;
-- with: ${ben-again} | ${ben}
-- fails: 23503

-- operation: a database gets another id
UPDATE databases SET id = $1 WHERE id = $2;
-- with: ${second-database-again} | ${second-database}
-- fails: 23503

-- operation: what the new ids took along
SELECT name FROM documents WHERE user_id = $1 AND database_id = $2 ORDER BY name;
-- with: ${ben} | ${second-database}
-- gives: 2.txt
-- gives: 3.txt

-- operation: read a row that was there, of each table
-- anytime
SELECT * FROM users WHERE id = $1;
-- with: ${existing-users}
-- gives: ${existing-users} | * | * | * | * | * | *
SELECT * FROM user_settings WHERE id = $1;
-- with: ${existing-user_settings}
-- gives: ${existing-user_settings} | * | * | * | * | * | * | * | *
SELECT * FROM database_servers WHERE id = $1;
-- with: ${existing-database_servers}
-- gives: ${existing-database_servers} | * | * | * | * | * | * | * | * | * | * | * | * | * | *
SELECT * FROM databases WHERE id = $1;
-- with: ${existing-databases}
-- gives: ${existing-databases} | * | * | * | * | * | * | * | *
SELECT * FROM documents WHERE id = $1;
-- with: ${existing-documents}
-- gives: ${existing-documents} | * | * | * | * | * | * | * | * | * | * | *
SELECT * FROM jobs WHERE id = $1;
-- with: ${existing-jobs}
-- gives: ${existing-jobs} | * | * | * | * | * | * | * | * | * | * | *
SELECT * FROM api_keys WHERE id = $1;
-- with: ${existing-api_keys}
-- gives: ${existing-api_keys} | * | * | * | * | * | * | *

-- operation: touch a user who was there
-- anytime
BEGIN;
SELECT id, name, updated_at FROM users WHERE id = $1 FOR UPDATE;
-- with: ${existing-users}
-- gives: ${existing-users} | ${kept-name} | ${updated-users}
UPDATE users SET name = $1, updated_at = $2 WHERE id = $3;
-- with: ${kept-name} | ${updated-users} | ${existing-users}
-- changes: 1
COMMIT;

-- operation: touch settings that were there
-- anytime
BEGIN;
SELECT id, theme, updated_at FROM user_settings WHERE id = $1 FOR UPDATE;
-- with: ${existing-user_settings}
-- gives: ${existing-user_settings} | ${kept-theme} | ${updated-user_settings}
UPDATE user_settings SET theme = $1, updated_at = $2 WHERE id = $3;
-- with: ${kept-theme} | ${updated-user_settings} | ${existing-user_settings}
-- changes: 1
COMMIT;

-- operation: touch a server that was there
-- anytime
BEGIN;
SELECT id, last_connected, updated_at FROM database_servers WHERE id = $1 FOR UPDATE;
-- with: ${existing-database_servers}
-- gives: ${existing-database_servers} | ${kept-connected} | ${updated-database_servers}
UPDATE database_servers SET last_connected = $1, updated_at = $2 WHERE id = $3;
-- with: ${kept-connected} | ${updated-database_servers} | ${existing-database_servers}
-- changes: 1
COMMIT;

-- operation: touch a database that was there
-- anytime
BEGIN;
SELECT id, document_count, updated_at FROM databases WHERE id = $1 FOR UPDATE;
-- with: ${existing-databases}
-- gives: ${existing-databases} | ${kept-count} | ${updated-databases}
UPDATE databases SET document_count = $1, updated_at = $2 WHERE id = $3;
-- with: ${kept-count} | ${updated-databases} | ${existing-databases}
-- changes: 1
COMMIT;

-- operation: touch a document that was there
-- anytime
BEGIN;
SELECT id, chunks, updated_at FROM documents WHERE id = $1 FOR UPDATE;
-- with: ${existing-documents}
-- gives: ${existing-documents} | ${kept-chunks} | ${updated-documents}
UPDATE documents SET chunks = $1, updated_at = $2 WHERE id = $3;
-- with: ${kept-chunks} | ${updated-documents} | ${existing-documents}
-- changes: 1
COMMIT;

-- operation: touch a job that was there
-- anytime
BEGIN;
SELECT id, percentage, updated_at FROM jobs WHERE id = $1 FOR UPDATE;
-- with: ${existing-jobs}
-- gives: ${existing-jobs} | ${kept-percentage} | ${updated-jobs}
UPDATE jobs SET percentage = $1, updated_at = $2 WHERE id = $3;
-- with: ${kept-percentage} | ${updated-jobs} | ${existing-jobs}
-- changes: 1
COMMIT;

-- operation: touch an API key that was there
-- anytime
BEGIN;
SELECT id, last_used, updated_at FROM api_keys WHERE id = $1 FOR UPDATE;
-- with: ${existing-api_keys}
-- gives: ${existing-api_keys} | ${kept-used} | ${updated-api_keys}
UPDATE api_keys SET last_used = $1, updated_at = $2 WHERE id = $3;
-- with: ${kept-used} | ${updated-api_keys} | ${existing-api_keys}
-- changes: 1
COMMIT;

-- operation: upsert a user by e-mail who was there
-- anytime
SELECT email FROM users WHERE id = $1;
-- with: ${existing-users}
-- gives: ${kept-email}
INSERT INTO users (name, email) VALUES ('never', $1) ON CONFLICT (email) DO UPDATE SET name = users.name RETURNING id;
-- with: ${kept-email}
-- gives: ${existing-users}

-- operation: upsert a database by name and user that was there
-- anytime
SELECT name, user_id, server_id FROM databases WHERE id = $1;
-- with: ${existing-databases}
-- gives: ${kept-database} | ${kept-user} | ${kept-server}
INSERT INTO databases (name, description, user_id, server_id) VALUES ($1, '', $2, $3) ON CONFLICT (name, user_id) DO UPDATE SET server_id = EXCLUDED.server_id RETURNING id;
-- with: ${kept-database} | ${kept-user} | ${kept-server}
-- gives: ${existing-databases}

-- operation: upsert an API key by key that was there
-- anytime
SELECT key, user_id FROM api_keys WHERE id = $1;
-- with: ${existing-api_keys}
-- gives: ${kept-key} | ${kept-owner}
INSERT INTO api_keys (name, key, user_id) VALUES ('never', $1, $2) ON CONFLICT (key) DO UPDATE SET user_id = EXCLUDED.user_id RETURNING id;
-- with: ${kept-key} | ${kept-owner}
-- gives: ${existing-api_keys}

-- operation: a document that was there is another owner's for a moment
BEGIN;
SELECT user_id, database_id FROM documents WHERE id = $1 FOR UPDATE;
-- with: ${existing-documents}
-- gives: ${owned-user} | ${owned-database}
UPDATE documents SET user_id = $1, database_id = NULL WHERE id = $2;
-- with: ${ada} | ${existing-documents}
-- changes: 1
UPDATE documents SET user_id = $1, database_id = $2 WHERE id = $3;
-- with: ${owned-user} | ${owned-database} | ${existing-documents}
-- changes: 1
COMMIT;

-- operation: a document for a user who was there
INSERT INTO documents (id, name, type, user_id) VALUES ($1, 'x', 'x', $2);
-- with: ${document-of-other} | ${existing-users}
-- changes: 1
DELETE FROM documents WHERE id = $1;
-- with: ${document-of-other}
-- changes: 1

-- operation: delete a database
DELETE FROM databases WHERE id = $1 RETURNING id;
-- with: ${database}
-- gives: ${database}

-- operation: its document is in none now
SELECT database_id FROM documents WHERE id = $1;
-- with: ${document}
-- gives: NULL

-- operation: delete a document
DELETE FROM documents WHERE id = $1 RETURNING *;
-- with: ${document}
-- gives: ${document} | a.pdf | application/pdf | INGESTING | 3 | 0 | 0.5 | * | * | * | ${ada} | NULL

-- operation: its jobs are gone
SELECT count(*) FROM jobs WHERE document_id = $1;
-- with: ${document}
-- gives: 0

-- operation: delete many documents
DELETE FROM documents USING users WHERE users.id = user_id AND users.email = $1 AND chunks = 0;
-- with: ada-${run}@example.com
-- changes: 2

-- operation: add a database with a document in it
WITH made AS (INSERT INTO databases (name, description, user_id, server_id) VALUES ('drafts', '', $1, $2) RETURNING id, user_id) SELECT id, user_id FROM made;
-- with: ${ada} | ${server}
-- gives: ${third-database} | ${ada}
INSERT INTO documents (id, name, type, user_id, database_id) VALUES ($1, '7.txt', 'text/plain', $2, $3);
-- with: ${document-7} | ${ada} | ${third-database}
-- changes: 1

-- operation: delete a server
DELETE FROM database_servers WHERE id = $1 RETURNING id;
-- with: ${server}
-- gives: ${server}

-- operation: its databases are gone
SELECT count(*) FROM databases WHERE server_id = $1;
-- with: ${server}
-- gives: 0

-- operation: a document of its databases is in none now
SELECT database_id FROM documents WHERE id = $1;
-- with: ${document-7}
-- gives: NULL

-- operation: delete a user
DELETE FROM users WHERE id = $1 RETURNING id;
-- with: ${ada}
-- gives: ${ada}

-- operation: delete the other user
DELETE FROM users WHERE email = $1 RETURNING id;
-- with: ben-${run}@example.com
-- gives: ${ben}

-- operation: delete a user who is gone
DELETE FROM users WHERE id = $1;
-- with: ${ada}
-- changes: 0

-- operation: all that was theirs is gone
SELECT (SELECT count(*) FROM user_settings WHERE user_id = ANY ($1)) + (SELECT count(*) FROM documents WHERE user_id = ANY ($2)) + (SELECT count(*) FROM jobs WHERE user_id = ANY ($3));
-- with: {${ada},${ben}} | {${ada},${ben}} | {${ada},${ben}}
-- gives: 0
