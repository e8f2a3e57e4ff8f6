-- What the pre-realm application sends on the Prisma shape: written by src/test/prisma/old-application.mjs, which uses the real client.
-- OldApplicationScript says how to read it.

-- operation: sign up
BEGIN;
INSERT INTO "public"."users" ("id","name","email","role","createdAt","updatedAt") VALUES ($1,$2,$3,CAST($4::text AS "public"."UserRole"),$5,$6) RETURNING "public"."users"."id";
-- with: ${ada} | Ada | ada-${run}@example.com | ADMIN | ${now} | ${now}
-- gives: ${ada}
INSERT INTO "public"."user_settings" ("id","userId","theme","language","notifications","autoSave","createdAt","updatedAt") VALUES ($1,$2,CAST($3::text AS "public"."Theme"),$4,$5,$6,$7,$8) RETURNING "public"."user_settings"."id";
-- with: ${settings} | ${ada} | DARK | en | t | t | ${now} | ${now}
-- gives: ${settings}
SELECT "public"."users"."id", "public"."users"."name", "public"."users"."email", "public"."users"."avatar", "public"."users"."role"::text, "public"."users"."createdAt", "public"."users"."updatedAt" FROM "public"."users" WHERE "public"."users"."id" = $1 LIMIT $2 OFFSET $3;
-- with: ${ada} | 1 | 0
-- gives: ${ada} | Ada | ada-${run}@example.com | NULL | ADMIN | ${now} | ${now}
SELECT "public"."user_settings"."id", "public"."user_settings"."userId", "public"."user_settings"."theme"::text, "public"."user_settings"."language", "public"."user_settings"."notifications", "public"."user_settings"."autoSave", "public"."user_settings"."defaultDatabase", "public"."user_settings"."createdAt", "public"."user_settings"."updatedAt" FROM "public"."user_settings" WHERE "public"."user_settings"."userId" = $1 OFFSET $2;
-- with: ${ada} | 0
-- gives: ${settings} | ${ada} | DARK | en | t | t | NULL | ${now} | ${now}
COMMIT;

-- operation: read a user by id
SELECT "public"."users"."id", "public"."users"."name", "public"."users"."email", "public"."users"."avatar", "public"."users"."role"::text, "public"."users"."createdAt", "public"."users"."updatedAt" FROM "public"."users" WHERE ("public"."users"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3;
-- with: ${ada} | 1 | 0
-- gives: ${ada} | Ada | ada-${run}@example.com | NULL | ADMIN | * | *

-- operation: read a user by e-mail
SELECT "public"."users"."id", "public"."users"."role"::text FROM "public"."users" WHERE ("public"."users"."email" = $1 AND 1=1) LIMIT $2 OFFSET $3;
-- with: ada-${run}@example.com | 1 | 0
-- gives: ${ada} | ADMIN

-- operation: read a user with all that is theirs
SELECT "public"."users"."id", "public"."users"."name", "public"."users"."email", "public"."users"."avatar", "public"."users"."role"::text, "public"."users"."createdAt", "public"."users"."updatedAt" FROM "public"."users" WHERE ("public"."users"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3;
-- with: ${ada} | 1 | 0
-- gives: ${ada} | Ada | ada-${run}@example.com | NULL | ADMIN | * | *
SELECT "public"."user_settings"."id", "public"."user_settings"."userId", "public"."user_settings"."theme"::text, "public"."user_settings"."language", "public"."user_settings"."notifications", "public"."user_settings"."autoSave", "public"."user_settings"."defaultDatabase", "public"."user_settings"."createdAt", "public"."user_settings"."updatedAt" FROM "public"."user_settings" WHERE "public"."user_settings"."userId" = $1 OFFSET $2;
-- with: ${ada} | 0
-- gives: ${settings} | ${ada} | DARK | en | t | t | NULL | * | *
SELECT "public"."database_servers"."id", "public"."database_servers"."name", "public"."database_servers"."type"::text, "public"."database_servers"."host", "public"."database_servers"."port", "public"."database_servers"."username", "public"."database_servers"."password", "public"."database_servers"."apiKey", "public"."database_servers"."database", "public"."database_servers"."collection", "public"."database_servers"."isActive", "public"."database_servers"."createdAt", "public"."database_servers"."lastConnected", "public"."database_servers"."updatedAt", "public"."database_servers"."userId" FROM "public"."database_servers" WHERE "public"."database_servers"."userId" = $1 OFFSET $2;
-- with: ${ada} | 0
-- gives nothing
SELECT "public"."api_keys"."id", "public"."api_keys"."name", "public"."api_keys"."key", "public"."api_keys"."created", "public"."api_keys"."lastUsed", "public"."api_keys"."createdAt", "public"."api_keys"."updatedAt", "public"."api_keys"."userId" FROM "public"."api_keys" WHERE "public"."api_keys"."userId" = $1 OFFSET $2;
-- with: ${ada} | 0
-- gives nothing
SELECT "public"."databases"."id", "public"."databases"."name", "public"."databases"."description", "public"."databases"."documentCount", "public"."databases"."lastUpdated", "public"."databases"."createdAt", "public"."databases"."updatedAt", "public"."databases"."userId", "public"."databases"."serverId" FROM "public"."databases" WHERE "public"."databases"."userId" = $1 OFFSET $2;
-- with: ${ada} | 0
-- gives nothing

-- operation: a second sign-up with the same e-mail
INSERT INTO "public"."users" ("id","name","email","role","createdAt","updatedAt") VALUES ($1,$2,$3,CAST($4::text AS "public"."UserRole"),$5,$6) RETURNING "public"."users"."id", "public"."users"."name", "public"."users"."email", "public"."users"."avatar", "public"."users"."role"::text, "public"."users"."createdAt", "public"."users"."updatedAt";
-- with: ${nobody} | Ada | ada-${run}@example.com | USER | ${now} | ${now}
-- fails: 23505

-- operation: upsert a user by e-mail who is there
INSERT INTO "public"."users" ("id","name","email","role","createdAt","updatedAt") VALUES ($1,$2,$3,CAST($4::text AS "public"."UserRole"),$5,$6) ON CONFLICT ("email") DO UPDATE SET "name" = $7, "updatedAt" = $8 WHERE ("public"."users"."email" = $9 AND 1=1) RETURNING "public"."users"."id", "public"."users"."name", "public"."users"."email", "public"."users"."avatar", "public"."users"."role"::text, "public"."users"."createdAt", "public"."users"."updatedAt";
-- with: ${nobody-else} | Ada | ada-${run}@example.com | USER | ${now} | ${now} | Ada L. | ${now} | ada-${run}@example.com
-- gives: ${ada} | Ada L. | ada-${run}@example.com | NULL | ADMIN | * | ${now}

-- operation: upsert a user by e-mail who is new
INSERT INTO "public"."users" ("id","name","email","role","createdAt","updatedAt") VALUES ($1,$2,$3,CAST($4::text AS "public"."UserRole"),$5,$6) ON CONFLICT ("email") DO UPDATE SET "name" = $7, "updatedAt" = $8 WHERE ("public"."users"."email" = $9 AND 1=1) RETURNING "public"."users"."id", "public"."users"."name", "public"."users"."email", "public"."users"."avatar", "public"."users"."role"::text, "public"."users"."createdAt", "public"."users"."updatedAt";
-- with: ${ben-cuid} | Ben | ben-${run}@example.com | USER | ${now} | ${now} | never | ${now} | ben-${run}@example.com
-- gives: ${ben-cuid} | Ben | ben-${run}@example.com | NULL | USER | ${now} | ${now}

-- operation: upsert a user by id
INSERT INTO "public"."users" ("id","name","email","role","createdAt","updatedAt") VALUES ($1,$2,$3,CAST($4::text AS "public"."UserRole"),$5,$6) ON CONFLICT ("id") DO UPDATE SET "avatar" = $7, "updatedAt" = $8 WHERE ("public"."users"."id" = $9 AND 1=1) RETURNING "public"."users"."id", "public"."users"."name", "public"."users"."email", "public"."users"."avatar", "public"."users"."role"::text, "public"."users"."createdAt", "public"."users"."updatedAt";
-- with: ${ben-cuid} | never | never | USER | ${now} | ${now} | ben.png | ${now} | ${ben-cuid}
-- gives: ${ben-cuid} | Ben | ben-${run}@example.com | ben.png | USER | * | ${now}

-- operation: upsert settings by user, new
BEGIN;
SELECT "public"."user_settings"."id" FROM "public"."user_settings" WHERE ("public"."user_settings"."userId" = $1 AND 1=1) OFFSET $2;
-- with: ${ben-cuid} | 0
-- gives nothing
INSERT INTO "public"."user_settings" ("id","userId","theme","language","notifications","autoSave","createdAt","updatedAt") VALUES ($1,$2,CAST($3::text AS "public"."Theme"),$4,$5,$6,$7,$8) RETURNING "public"."user_settings"."id";
-- with: ${settings-of-ben} | ${ben-cuid} | LIGHT | en | t | t | ${now} | ${now}
-- gives: ${settings-of-ben}
SELECT "public"."user_settings"."id", "public"."user_settings"."userId", "public"."user_settings"."theme"::text, "public"."user_settings"."language", "public"."user_settings"."notifications", "public"."user_settings"."autoSave", "public"."user_settings"."defaultDatabase", "public"."user_settings"."createdAt", "public"."user_settings"."updatedAt" FROM "public"."user_settings" WHERE "public"."user_settings"."id" = $1 LIMIT $2 OFFSET $3;
-- with: ${settings-of-ben} | 1 | 0
-- gives: ${settings-of-ben} | ${ben-cuid} | LIGHT | en | t | t | NULL | ${now} | ${now}
COMMIT;

-- operation: upsert settings by user, there
INSERT INTO "public"."user_settings" ("id","userId","theme","language","notifications","autoSave","createdAt","updatedAt") VALUES ($1,$2,CAST($3::text AS "public"."Theme"),$4,$5,$6,$7,$8) ON CONFLICT ("userId") DO UPDATE SET "language" = $9, "updatedAt" = $10 WHERE ("public"."user_settings"."userId" = $11 AND 1=1) RETURNING "public"."user_settings"."id", "public"."user_settings"."userId", "public"."user_settings"."theme"::text, "public"."user_settings"."language", "public"."user_settings"."notifications", "public"."user_settings"."autoSave", "public"."user_settings"."defaultDatabase", "public"."user_settings"."createdAt", "public"."user_settings"."updatedAt";
-- with: ${never} | ${ben-cuid} | LIGHT | en | t | t | ${now} | ${now} | de | ${now} | ${ben-cuid}
-- gives: ${settings-of-ben} | ${ben-cuid} | LIGHT | de | t | t | NULL | * | ${now}

-- operation: update settings by user
UPDATE "public"."user_settings" SET "theme" = CAST($1::text AS "public"."Theme"), "notifications" = $2, "defaultDatabase" = $3, "updatedAt" = $4 WHERE ("public"."user_settings"."userId" = $5 AND 1=1) RETURNING "public"."user_settings"."id", "public"."user_settings"."userId", "public"."user_settings"."theme"::text, "public"."user_settings"."language", "public"."user_settings"."notifications", "public"."user_settings"."autoSave", "public"."user_settings"."defaultDatabase", "public"."user_settings"."createdAt", "public"."user_settings"."updatedAt";
-- with: SYSTEM | f | ${database} | ${now} | ${ada}
-- gives: ${settings} | ${ada} | SYSTEM | en | f | t | ${database} | * | ${now}

-- operation: add a server
INSERT INTO "public"."database_servers" ("id","name","type","host","port","password","isActive","createdAt","updatedAt","userId") VALUES ($1,$2,CAST($3::text AS "public"."DatabaseType"),$4,$5,$6,$7,$8,$9,$10) RETURNING "public"."database_servers"."id", "public"."database_servers"."name", "public"."database_servers"."type"::text, "public"."database_servers"."host", "public"."database_servers"."port", "public"."database_servers"."username", "public"."database_servers"."password", "public"."database_servers"."apiKey", "public"."database_servers"."database", "public"."database_servers"."collection", "public"."database_servers"."isActive", "public"."database_servers"."createdAt", "public"."database_servers"."lastConnected", "public"."database_servers"."updatedAt", "public"."database_servers"."userId";
-- with: ${server} | server | QDRANT | db.internal | 6333 | plain | t | ${now} | ${now} | ${ada}
-- gives: ${server} | server | QDRANT | db.internal | 6333 | NULL | plain | NULL | NULL | NULL | t | ${now} | NULL | ${now} | ${ada}

-- operation: add a server of the other user
INSERT INTO "public"."database_servers" ("id","name","type","host","port","isActive","createdAt","updatedAt","userId") VALUES ($1,$2,CAST($3::text AS "public"."DatabaseType"),$4,$5,$6,$7,$8,$9) RETURNING "public"."database_servers"."id";
-- with: ${server-of-ben} | server | CHROMA | db.internal | 8000 | f | ${now} | ${now} | ${ben-cuid}
-- gives: ${server-of-ben}

-- operation: connect a server
UPDATE "public"."database_servers" SET "lastConnected" = $1, "username" = $2, "updatedAt" = $3 WHERE ("public"."database_servers"."id" = $4 AND 1=1) RETURNING "public"."database_servers"."id";
-- with: ${now} | NULL | ${now} | ${server}
-- gives: ${server}

-- operation: list the servers of a user
SELECT "public"."database_servers"."id", "public"."database_servers"."name", "public"."database_servers"."type"::text, "public"."database_servers"."host", "public"."database_servers"."port", "public"."database_servers"."username", "public"."database_servers"."password", "public"."database_servers"."apiKey", "public"."database_servers"."database", "public"."database_servers"."collection", "public"."database_servers"."isActive", "public"."database_servers"."createdAt", "public"."database_servers"."lastConnected", "public"."database_servers"."updatedAt", "public"."database_servers"."userId" FROM "public"."database_servers" WHERE "public"."database_servers"."userId" = $1 ORDER BY "public"."database_servers"."name" ASC OFFSET $2;
-- with: ${ada} | 0
-- gives: ${server} | server | QDRANT | db.internal | 6333 | NULL | plain | NULL | NULL | NULL | t | * | * | * | ${ada}

-- operation: add a database
INSERT INTO "public"."databases" ("id","name","description","documentCount","lastUpdated","createdAt","updatedAt","userId","serverId") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9) RETURNING "public"."databases"."id", "public"."databases"."name", "public"."databases"."description", "public"."databases"."documentCount", "public"."databases"."lastUpdated", "public"."databases"."createdAt", "public"."databases"."updatedAt", "public"."databases"."userId", "public"."databases"."serverId";
-- with: ${database} | notes | Number 1 | 0 | ${now} | ${now} | ${now} | ${ada} | ${server}
-- gives: ${database} | notes | Number 1 | 0 | ${now} | ${now} | ${now} | ${ada} | ${server}

-- operation: a second database of the same name
INSERT INTO "public"."databases" ("id","name","description","documentCount","lastUpdated","createdAt","updatedAt","userId","serverId") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9) RETURNING "public"."databases"."id", "public"."databases"."name", "public"."databases"."description", "public"."databases"."documentCount", "public"."databases"."lastUpdated", "public"."databases"."createdAt", "public"."databases"."updatedAt", "public"."databases"."userId", "public"."databases"."serverId";
-- with: ${no-database} | notes | '' | 0 | ${now} | ${now} | ${now} | ${ada} | ${server}
-- fails: 23505

-- operation: upsert a database by name and user, there
INSERT INTO "public"."databases" ("id","name","description","documentCount","lastUpdated","createdAt","updatedAt","userId","serverId") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9) ON CONFLICT ("name","userId") DO UPDATE SET "description" = $10, "lastUpdated" = $11, "updatedAt" = $12 WHERE (("public"."databases"."name" = $13 AND "public"."databases"."userId" = $14) AND 1=1) RETURNING "public"."databases"."id", "public"."databases"."name", "public"."databases"."description", "public"."databases"."documentCount", "public"."databases"."lastUpdated", "public"."databases"."createdAt", "public"."databases"."updatedAt", "public"."databases"."userId", "public"."databases"."serverId";
-- with: ${not-made} | notes | '' | 0 | ${now} | ${now} | ${now} | ${ada} | ${server} | Number one | ${now} | ${now} | notes | ${ada}
-- gives: ${database} | notes | Number one | 0 | ${now} | * | ${now} | ${ada} | ${server}

-- operation: upsert a database by name and user, new
INSERT INTO "public"."databases" ("id","name","description","documentCount","lastUpdated","createdAt","updatedAt","userId","serverId") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9) ON CONFLICT ("name","userId") DO UPDATE SET "description" = $10, "updatedAt" = $11 WHERE (("public"."databases"."name" = $12 AND "public"."databases"."userId" = $13) AND 1=1) RETURNING "public"."databases"."id", "public"."databases"."name", "public"."databases"."description", "public"."databases"."documentCount", "public"."databases"."lastUpdated", "public"."databases"."createdAt", "public"."databases"."updatedAt", "public"."databases"."userId", "public"."databases"."serverId";
-- with: ${second-database} | letters | '' | 0 | ${now} | ${now} | ${now} | ${ada} | ${server} | never | ${now} | letters | ${ada}
-- gives: ${second-database} | letters | '' | 0 | ${now} | ${now} | ${now} | ${ada} | ${server}

-- operation: upsert a database by id
INSERT INTO "public"."databases" ("id","name","description","documentCount","lastUpdated","createdAt","updatedAt","userId","serverId") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9) ON CONFLICT ("id") DO UPDATE SET "description" = $10, "updatedAt" = $11 WHERE ("public"."databases"."id" = $12 AND 1=1) RETURNING "public"."databases"."id", "public"."databases"."name", "public"."databases"."description", "public"."databases"."documentCount", "public"."databases"."lastUpdated", "public"."databases"."createdAt", "public"."databases"."updatedAt", "public"."databases"."userId", "public"."databases"."serverId";
-- with: ${second-database} | never | '' | 0 | ${now} | ${now} | ${now} | ${ada} | ${server} | Number two | ${now} | ${second-database}
-- gives: ${second-database} | letters | Number two | 0 | * | * | ${now} | ${ada} | ${server}

-- operation: count up in a database
UPDATE "public"."databases" SET "documentCount" = ("public"."databases"."documentCount" + $1), "updatedAt" = $2 WHERE ("public"."databases"."id" = $3 AND 1=1) RETURNING "public"."databases"."id", "public"."databases"."documentCount";
-- with: 2 | ${now} | ${database}
-- gives: ${database} | 2

-- operation: add a document
INSERT INTO "public"."documents" ("id","name","type","state","version","chunks","quality","uploadDate","createdAt","updatedAt","userId","databaseId") VALUES ($1,$2,$3,CAST($4::text AS "public"."DocumentState"),$5,$6,$7,$8,$9,$10,$11,$12) RETURNING "public"."documents"."id", "public"."documents"."name", "public"."documents"."type", "public"."documents"."state"::text, "public"."documents"."version", "public"."documents"."chunks", "public"."documents"."quality", "public"."documents"."uploadDate", "public"."documents"."createdAt", "public"."documents"."updatedAt", "public"."documents"."userId", "public"."documents"."databaseId";
-- with: ${document} | a.pdf | application/pdf | PENDING | 1 | 0 | 0.25 | ${now} | ${now} | ${now} | ${ada} | ${database}
-- gives: ${document} | a.pdf | application/pdf | PENDING | 1 | 0 | 0.25 | ${now} | ${now} | ${now} | ${ada} | ${database}

-- operation: add documents
INSERT INTO "public"."documents" ("id","name","type","state","version","chunks","quality","uploadDate","createdAt","updatedAt","userId","databaseId") VALUES ($1,$2,$3,CAST($4::text AS "public"."DocumentState"),$5,$6,$7,$8,$9,$10,$11,$12), ($13,$14,$15,CAST($16::text AS "public"."DocumentState"),$17,$18,$19,$20,$21,$22,$23,$24), ($25,$26,$27,CAST($28::text AS "public"."DocumentState"),$29,$30,$31,$32,$33,$34,$35,$36);
-- with: ${document-1} | 1.txt | text/plain | PENDING | 1 | 1 | 0.0 | ${now} | ${now} | ${now} | ${ada} | ${second-database} | ${document-2} | 2.txt | text/plain | PENDING | 1 | 2 | 0.0 | ${now} | ${now} | ${now} | ${ada} | ${second-database} | ${document-3} | 3.txt | text/plain | PENDING | 1 | 3 | 0.0 | ${now} | ${now} | ${now} | ${ada} | ${second-database}
-- changes: 3

-- operation: add documents, and see them
INSERT INTO "public"."documents" ("id","name","type","state","version","chunks","quality","uploadDate","createdAt","updatedAt","userId") VALUES ($1,$2,$3,CAST($4::text AS "public"."DocumentState"),$5,$6,$7,$8,$9,$10,$11), ($12,$13,$14,CAST($15::text AS "public"."DocumentState"),$16,$17,$18,$19,$20,$21,$22) RETURNING "public"."documents"."id", "public"."documents"."state"::text, "public"."documents"."version";
-- with: ${document-4} | 4.txt | text/plain | INGESTED | 1 | 0 | 0.0 | ${now} | ${now} | ${now} | ${ada} | ${document-5} | 5.txt | text/plain | INGESTED | 1 | 0 | 0.0 | ${now} | ${now} | ${now} | ${ada}
-- gives: ${document-4} | INGESTED | 1
-- gives: ${document-5} | INGESTED | 1

-- operation: add documents but those that are there
INSERT INTO "public"."documents" ("id","name","type","state","version","chunks","quality","uploadDate","createdAt","updatedAt","userId","databaseId") VALUES ($1,$2,$3,CAST($4::text AS "public"."DocumentState"),$5,$6,$7,$8,$9,$10,$11,$12), ($13,$14,$15,CAST($16::text AS "public"."DocumentState"),$17,$18,$19,$20,$21,$22,$23,$24) ON CONFLICT DO NOTHING;
-- with: ${document} | 6.txt | text/plain | PENDING | 1 | 0 | 0.0 | ${now} | ${now} | ${now} | ${ada} | ${database} | ${document-6} | 6.txt | text/plain | PENDING | 1 | 0 | 0.0 | ${now} | ${now} | ${now} | ${ada} | ${database}
-- changes: 1

-- operation: a document of nobody
INSERT INTO "public"."documents" ("id","name","type","state","version","chunks","quality","uploadDate","createdAt","updatedAt","userId") VALUES ($1,$2,$3,CAST($4::text AS "public"."DocumentState"),$5,$6,$7,$8,$9,$10,$11) RETURNING "public"."documents"."id", "public"."documents"."name", "public"."documents"."type", "public"."documents"."state"::text, "public"."documents"."version", "public"."documents"."chunks", "public"."documents"."quality", "public"."documents"."uploadDate", "public"."documents"."createdAt", "public"."documents"."updatedAt", "public"."documents"."userId", "public"."documents"."databaseId";
-- with: ${no-document} | x | x | PENDING | 1 | 0 | 0.0 | ${now} | ${now} | ${now} | ${no-user}
-- fails: 23503

-- operation: read a document by id
SELECT "public"."documents"."id", "public"."documents"."name", "public"."documents"."type", "public"."documents"."state"::text, "public"."documents"."version", "public"."documents"."chunks", "public"."documents"."quality", "public"."documents"."uploadDate", "public"."documents"."createdAt", "public"."documents"."updatedAt", "public"."documents"."userId", "public"."documents"."databaseId" FROM "public"."documents" WHERE ("public"."documents"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3;
-- with: ${document} | 1 | 0
-- gives: ${document} | a.pdf | application/pdf | PENDING | 1 | 0 | 0.25 | * | * | * | ${ada} | ${database}

-- operation: read a document as many times as a driver needs to prepare it
SELECT "public"."documents"."id", "public"."documents"."name", "public"."documents"."state"::text FROM "public"."documents" WHERE ("public"."documents"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3;
-- with: ${document} | 1 | 0
-- gives: ${document} | a.pdf | PENDING
-- times: 12

-- operation: read documents by ids
SELECT "public"."documents"."id" FROM "public"."documents" WHERE "public"."documents"."id" IN ($1,$2,$3) OFFSET $4;
-- with: ${document} | ${existing-documents} | ${not-there} | 0
-- gives: ${existing-documents}
-- gives: ${document}

-- operation: list documents, a page
SELECT "public"."documents"."id", "public"."documents"."name" FROM "public"."documents" WHERE "public"."documents"."userId" = $1 ORDER BY "public"."documents"."name" DESC, "public"."documents"."id" ASC LIMIT $2 OFFSET $3;
-- with: ${ada} | 2 | 1
-- gives: ${document-6} | 6.txt
-- gives: ${document-5} | 5.txt

-- operation: list documents, on from one
SELECT "public"."documents"."id" FROM "public"."documents" WHERE ("public"."documents"."userId" = $1 AND "public"."documents"."name" >= (SELECT "public"."documents"."name" FROM "public"."documents" WHERE ("public"."documents"."id") = ($2))) ORDER BY "public"."documents"."name" ASC OFFSET $3;
-- with: ${ada} | ${document} | 0
-- gives: ${document}

-- operation: list documents by state
SELECT "public"."documents"."id", "public"."documents"."name" FROM "public"."documents" WHERE ("public"."documents"."userId" = $1 AND "public"."documents"."state" IN (CAST($2::text AS "public"."DocumentState"),CAST($3::text AS "public"."DocumentState"))) ORDER BY "public"."documents"."name" ASC OFFSET $4;
-- with: ${ada} | INGESTED | DELETED | 0
-- gives: ${document-4} | 4.txt
-- gives: ${document-5} | 5.txt

-- operation: search documents
SELECT "public"."documents"."id" FROM "public"."documents" WHERE ("public"."documents"."userId" = $1 AND "public"."documents"."name" ILIKE ('%' || $2 || '%') AND "public"."documents"."uploadDate" > $3) OFFSET $4;
-- with: ${ada} | A.P | 1970-01-01 00:00:00 | 0
-- gives: ${document}

-- operation: change the state of a document
UPDATE "public"."documents" SET "state" = CAST($1::text AS "public"."DocumentState"), "version" = ("public"."documents"."version" + $2), "quality" = $3, "updatedAt" = $4 WHERE ("public"."documents"."id" = $5 AND 1=1) RETURNING "public"."documents"."id", "public"."documents"."name", "public"."documents"."type", "public"."documents"."state"::text, "public"."documents"."version", "public"."documents"."chunks", "public"."documents"."quality", "public"."documents"."uploadDate", "public"."documents"."createdAt", "public"."documents"."updatedAt", "public"."documents"."userId", "public"."documents"."databaseId";
-- with: INGESTING | 1 | 0.5 | ${now} | ${document}
-- gives: ${document} | a.pdf | application/pdf | INGESTING | 2 | 0 | 0.5 | * | * | ${now} | ${ada} | ${database}

-- operation: change the state of many documents
UPDATE "public"."documents" SET "state" = CAST($1::text AS "public"."DocumentState"), "updatedAt" = $2 WHERE ("public"."documents"."userId" = $3 AND "public"."documents"."state" = CAST($4::text AS "public"."DocumentState"));
-- with: INGESTED | ${now} | ${ada} | PENDING
-- changes: 4

-- operation: change many documents, and see them
UPDATE "public"."documents" SET "chunks" = ("public"."documents"."chunks" * $1), "updatedAt" = $2 WHERE ("public"."documents"."databaseId" = $3 AND "public"."documents"."chunks" >= $4) RETURNING "public"."documents"."id", "public"."documents"."chunks";
-- with: 10 | ${now} | ${second-database} | 2
-- gives: ${document-2} | 20
-- gives: ${document-3} | 30

-- operation: measure nothing
SELECT SUM("chunks") AS "_sum$chunks" FROM (SELECT "public"."documents"."chunks" FROM "public"."documents" WHERE "public"."documents"."databaseId" = $1 OFFSET $2) AS "sub";
-- with: ${no-such-database} | 0
-- gives: NULL

-- operation: count documents
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."documents"."id" FROM "public"."documents" WHERE ("public"."documents"."userId" = $1 AND (NOT "public"."documents"."state" = CAST($2::text AS "public"."DocumentState"))) OFFSET $3) AS "sub";
-- with: ${ada} | DELETED | 0
-- gives: 7

-- operation: count documents by state
SELECT COUNT(*) AS "_count$_all", SUM("public"."documents"."chunks") AS "_sum$chunks", "public"."documents"."state"::text FROM "public"."documents" WHERE "public"."documents"."userId" = $1 GROUP BY "public"."documents"."state" ORDER BY "public"."documents"."state" ASC OFFSET $2;
-- with: ${ada} | 0
-- gives: 1 | 0 | INGESTING
-- gives: 6 | 51 | INGESTED

-- operation: measure documents
SELECT AVG("quality") AS "_avg$quality", MAX("chunks") AS "_max$chunks" FROM (SELECT "public"."documents"."quality", "public"."documents"."chunks" FROM "public"."documents" WHERE "public"."documents"."databaseId" = $1 OFFSET $2) AS "sub";
-- with: ${database} | 0
-- gives: 0.25 | 0

-- operation: list databases with their servers and counts
SELECT "public"."databases"."id", "public"."databases"."name", "public"."databases"."description", "public"."databases"."documentCount", "public"."databases"."lastUpdated", "public"."databases"."createdAt", "public"."databases"."updatedAt", "public"."databases"."userId", "public"."databases"."serverId", COALESCE("aggr_selection_0_Document"."_aggr_count_documents", 0) AS "_aggr_count_documents" FROM "public"."databases" LEFT JOIN (SELECT "public"."documents"."databaseId", COUNT(*) AS "_aggr_count_documents" FROM "public"."documents" WHERE 1=1 GROUP BY "public"."documents"."databaseId") AS "aggr_selection_0_Document" ON ("public"."databases"."id" = "aggr_selection_0_Document"."databaseId") LEFT JOIN "public"."database_servers" AS "j0" ON ("j0"."id") = ("public"."databases"."serverId") WHERE ("public"."databases"."userId" = $1 AND ("j0"."isActive" = $2 AND ("j0"."id" IS NOT NULL))) ORDER BY "public"."databases"."name" ASC OFFSET $3;
-- with: ${ada} | t | 0
-- gives: ${second-database} | letters | Number two | 0 | * | * | * | ${ada} | ${server} | 3
-- gives: ${database} | notes | Number one | 2 | * | * | * | ${ada} | ${server} | 2
SELECT "public"."database_servers"."id", "public"."database_servers"."name", "public"."database_servers"."type"::text FROM "public"."database_servers" WHERE "public"."database_servers"."id" IN ($1,$2) OFFSET $3;
-- with: ${server} | ${server} | 0
-- gives: ${server} | server | QDRANT

-- operation: add a job
INSERT INTO "public"."jobs" ("id","documentName","documentType","startDate","status","percentage","summary","createdAt","updatedAt","documentId","userId") VALUES ($1,$2,$3,$4,CAST($5::text AS "public"."JobStatus"),$6,$7,$8,$9,$10,$11) RETURNING "public"."jobs"."id", "public"."jobs"."documentName", "public"."jobs"."documentType", "public"."jobs"."startDate", "public"."jobs"."endDate", "public"."jobs"."status"::text, "public"."jobs"."percentage", "public"."jobs"."summary", "public"."jobs"."createdAt", "public"."jobs"."updatedAt", "public"."jobs"."documentId", "public"."jobs"."userId";
-- with: ${job} | a.pdf | application/pdf | ${now} | PROCESSING | 0 | '' | ${now} | ${now} | ${document} | ${ada}
-- gives: ${job} | a.pdf | application/pdf | ${now} | NULL | PROCESSING | 0 | '' | ${now} | ${now} | ${document} | ${ada}

-- operation: add a job to another document
INSERT INTO "public"."jobs" ("id","documentName","documentType","startDate","status","percentage","summary","createdAt","updatedAt","documentId","userId") VALUES ($1,$2,$3,$4,CAST($5::text AS "public"."JobStatus"),$6,$7,$8,$9,$10,$11) RETURNING "public"."jobs"."id";
-- with: ${second-job} | 6.txt | text/plain | ${now} | PENDING | 0 | '' | ${now} | ${now} | ${document-6} | ${ada}
-- gives: ${second-job}

-- operation: add jobs
INSERT INTO "public"."jobs" ("id","documentName","documentType","startDate","status","percentage","summary","createdAt","updatedAt","documentId","userId") VALUES ($1,$2,$3,$4,CAST($5::text AS "public"."JobStatus"),$6,$7,$8,$9,$10,$11), ($12,$13,$14,$15,CAST($16::text AS "public"."JobStatus"),$17,$18,$19,$20,$21,$22);
-- with: ${job-1} | 1.txt | text/plain | ${now} | PENDING | 0 | '' | ${now} | ${now} | ${document-1} | ${ada} | ${job-2} | 2.txt | text/plain | ${now} | PENDING | 0 | '' | ${now} | ${now} | ${document-2} | ${ada}
-- changes: 2

-- operation: a job goes on
UPDATE "public"."jobs" SET "percentage" = $1, "summary" = $2, "updatedAt" = $3 WHERE ("public"."jobs"."id" = $4 AND 1=1) RETURNING "public"."jobs"."id", "public"."jobs"."percentage", "public"."jobs"."status"::text;
-- with: 50 | Half of it | ${now} | ${job}
-- gives: ${job} | 50 | PROCESSING

-- operation: upsert a job by id
INSERT INTO "public"."jobs" ("id","documentName","documentType","startDate","status","percentage","summary","createdAt","updatedAt","documentId","userId") VALUES ($1,$2,$3,$4,CAST($5::text AS "public"."JobStatus"),$6,$7,$8,$9,$10,$11) ON CONFLICT ("id") DO UPDATE SET "status" = CAST($12::text AS "public"."JobStatus"), "percentage" = $13, "endDate" = $14, "updatedAt" = $15 WHERE ("public"."jobs"."id" = $16 AND 1=1) RETURNING "public"."jobs"."id", "public"."jobs"."documentName", "public"."jobs"."documentType", "public"."jobs"."startDate", "public"."jobs"."endDate", "public"."jobs"."status"::text, "public"."jobs"."percentage", "public"."jobs"."summary", "public"."jobs"."createdAt", "public"."jobs"."updatedAt", "public"."jobs"."documentId", "public"."jobs"."userId";
-- with: ${job} | a.pdf | application/pdf | ${now} | PENDING | 0 | '' | ${now} | ${now} | ${document} | ${ada} | FINISHED | 100 | ${now} | ${now} | ${job}
-- gives: ${job} | a.pdf | application/pdf | * | ${now} | FINISHED | 100 | Half of it | * | ${now} | ${document} | ${ada}

-- operation: list documents with their jobs
SELECT "public"."documents"."id", "public"."documents"."name", "public"."documents"."type", "public"."documents"."state"::text, "public"."documents"."version", "public"."documents"."chunks", "public"."documents"."quality", "public"."documents"."uploadDate", "public"."documents"."createdAt", "public"."documents"."updatedAt", "public"."documents"."userId", "public"."documents"."databaseId" FROM "public"."documents" WHERE "public"."documents"."databaseId" = $1 ORDER BY "public"."documents"."name" ASC OFFSET $2;
-- with: ${database} | 0
-- gives: ${document-6} | 6.txt | text/plain | INGESTED | 1 | 0 | 0 | * | * | * | ${ada} | ${database}
-- gives: ${document} | a.pdf | application/pdf | INGESTING | 2 | 0 | 0.5 | * | * | * | ${ada} | ${database}
SELECT "public"."jobs"."id", "public"."jobs"."documentName", "public"."jobs"."documentType", "public"."jobs"."startDate", "public"."jobs"."endDate", "public"."jobs"."status"::text, "public"."jobs"."percentage", "public"."jobs"."summary", "public"."jobs"."createdAt", "public"."jobs"."updatedAt", "public"."jobs"."documentId", "public"."jobs"."userId" FROM "public"."jobs" WHERE "public"."jobs"."documentId" IN ($1,$2) OFFSET $3;
-- with: ${document-6} | ${document} | 0
-- gives: ${second-job} | 6.txt | text/plain | * | NULL | PENDING | 0 | '' | * | * | ${document-6} | ${ada}
-- gives: ${job} | a.pdf | application/pdf | * | * | FINISHED | 100 | Half of it | * | * | ${document} | ${ada}

-- operation: find documents by their jobs
SELECT "public"."documents"."id" FROM "public"."documents" LEFT JOIN "public"."users" AS "j1" ON ("j1"."id") = ("public"."documents"."userId") WHERE ("public"."documents"."userId" = $1 AND EXISTS(SELECT "t0"."documentId" FROM "public"."jobs" AS "t0" WHERE ("t0"."status" = CAST($2::text AS "public"."JobStatus") AND ("public"."documents"."id") = ("t0"."documentId") AND "t0"."documentId" IS NOT NULL)) AND ("j1"."email" = $3 AND ("j1"."id" IS NOT NULL))) OFFSET $4;
-- with: ${ada} | FINISHED | ada-${run}@example.com | 0
-- gives: ${document}

-- operation: report
SELECT d."name", u."email", count(j."id") AS jobs, rank() OVER (ORDER BY d."name") AS place FROM "public"."documents" AS d JOIN "public"."users" AS u ON u."id" = d."userId" LEFT JOIN "public"."jobs" AS j ON j."documentId" = d."id" WHERE u."id" = $1 AND d."databaseId" = $2 GROUP BY d."name", u."email" ORDER BY d."name";
-- with: ${ada} | ${database}
-- gives: 6.txt | ada-${run}@example.com | 1 | 1
-- gives: a.pdf | ada-${run}@example.com | 1 | 2

-- operation: lock a document, and change it
BEGIN;
SELECT "id", "version" FROM "public"."documents" WHERE "id" = $1 FOR UPDATE;
-- with: ${document}
-- gives: ${document} | 2
UPDATE "public"."documents" SET "version" = ("public"."documents"."version" + $1), "updatedAt" = $2 WHERE ("public"."documents"."id" = $3 AND 1=1) RETURNING "public"."documents"."id", "public"."documents"."version";
-- with: 1 | ${now} | ${document}
-- gives: ${document} | 3
UPDATE "public"."databases" SET "documentCount" = ("public"."databases"."documentCount" - $1), "updatedAt" = $2 WHERE ("public"."databases"."id" = $3 AND 1=1) RETURNING "public"."databases"."id", "public"."databases"."documentCount";
-- with: 1 | ${now} | ${database}
-- gives: ${database} | 1
COMMIT;

-- operation: two statements as one
BEGIN;
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."jobs"."id" FROM "public"."jobs" WHERE "public"."jobs"."documentId" = $1 OFFSET $2) AS "sub";
-- with: ${document} | 0
-- gives: 1
UPDATE "public"."databases" SET "lastUpdated" = $1, "updatedAt" = $2 WHERE "public"."databases"."id" = $3;
-- with: ${now} | ${now} | ${database}
-- changes: 1
COMMIT;

-- operation: a transaction that is given up
BEGIN;
DELETE FROM "public"."documents" WHERE ("public"."documents"."id" = $1 AND 1=1) RETURNING "public"."documents"."id", "public"."documents"."name", "public"."documents"."type", "public"."documents"."state"::text, "public"."documents"."version", "public"."documents"."chunks", "public"."documents"."quality", "public"."documents"."uploadDate", "public"."documents"."createdAt", "public"."documents"."updatedAt", "public"."documents"."userId", "public"."documents"."databaseId";
-- with: ${document}
-- gives: ${document} | a.pdf | application/pdf | INGESTING | 3 | 0 | 0.5 | * | * | * | ${ada} | ${database}
ROLLBACK;

-- operation: what was given up is there
SELECT "public"."documents"."id" FROM "public"."documents" WHERE ("public"."documents"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3;
-- with: ${document} | 1 | 0
-- gives: ${document}

-- operation: a statement over many rows
UPDATE "public"."databases" AS b SET "documentCount" = c.n FROM (SELECT "databaseId", count(*)::int AS n FROM "public"."documents" WHERE "userId" = $1 GROUP BY "databaseId") AS c WHERE c."databaseId" = b."id";
-- with: ${ada}
-- changes: 2

-- operation: add an API key
INSERT INTO "public"."api_keys" ("id","name","key","created","createdAt","updatedAt","userId") VALUES ($1,$2,$3,$4,$5,$6,$7) RETURNING "public"."api_keys"."id", "public"."api_keys"."name", "public"."api_keys"."key", "public"."api_keys"."created", "public"."api_keys"."lastUsed", "public"."api_keys"."createdAt", "public"."api_keys"."updatedAt", "public"."api_keys"."userId";
-- with: ${api-key} | key | sk_${run} | ${now} | ${now} | ${now} | ${ada}
-- gives: ${api-key} | key | sk_${run} | ${now} | NULL | ${now} | ${now} | ${ada}

-- operation: a second API key that is the same
INSERT INTO "public"."api_keys" ("id","name","key","created","createdAt","updatedAt","userId") VALUES ($1,$2,$3,$4,$5,$6,$7) RETURNING "public"."api_keys"."id", "public"."api_keys"."name", "public"."api_keys"."key", "public"."api_keys"."created", "public"."api_keys"."lastUsed", "public"."api_keys"."createdAt", "public"."api_keys"."updatedAt", "public"."api_keys"."userId";
-- with: ${no-key} | key | sk_${run} | ${now} | ${now} | ${now} | ${ben-cuid}
-- fails: 23505

-- operation: find who has an API key
SELECT "public"."api_keys"."id", "public"."api_keys"."name", "public"."api_keys"."key", "public"."api_keys"."created", "public"."api_keys"."lastUsed", "public"."api_keys"."createdAt", "public"."api_keys"."updatedAt", "public"."api_keys"."userId" FROM "public"."api_keys" WHERE ("public"."api_keys"."key" = $1 AND 1=1) LIMIT $2 OFFSET $3;
-- with: sk_${run} | 1 | 0
-- gives: ${api-key} | key | sk_${run} | * | NULL | * | * | ${ada}
SELECT "public"."users"."id", "public"."users"."role"::text FROM "public"."users" WHERE "public"."users"."id" = $1 OFFSET $2;
-- with: ${ada} | 0
-- gives: ${ada} | ADMIN

-- operation: use an API key
UPDATE "public"."api_keys" SET "lastUsed" = $1, "updatedAt" = $2 WHERE ("public"."api_keys"."key" = $3 AND 1=1) RETURNING "public"."api_keys"."id";
-- with: ${now} | ${now} | sk_${run}
-- gives: ${api-key}

-- operation: upsert an API key by key, new
BEGIN;
SELECT "public"."api_keys"."id" FROM "public"."api_keys" WHERE ("public"."api_keys"."key" = $1 AND 1=1) OFFSET $2;
-- with: sk_second_${run} | 0
-- gives nothing
INSERT INTO "public"."api_keys" ("id","name","key","created","createdAt","updatedAt","userId") VALUES ($1,$2,$3,$4,$5,$6,$7) RETURNING "public"."api_keys"."id";
-- with: ${second-api-key} | second | sk_second_${run} | ${now} | ${now} | ${now} | ${ada}
-- gives: ${second-api-key}
SELECT "public"."api_keys"."id", "public"."api_keys"."name", "public"."api_keys"."key", "public"."api_keys"."created", "public"."api_keys"."lastUsed", "public"."api_keys"."createdAt", "public"."api_keys"."updatedAt", "public"."api_keys"."userId" FROM "public"."api_keys" WHERE "public"."api_keys"."id" = $1 LIMIT $2 OFFSET $3;
-- with: ${second-api-key} | 1 | 0
-- gives: ${second-api-key} | second | sk_second_${run} | ${now} | NULL | ${now} | ${now} | ${ada}
COMMIT;

-- operation: upsert an API key by key, there
INSERT INTO "public"."api_keys" ("id","name","key","created","createdAt","updatedAt","userId") VALUES ($1,$2,$3,$4,$5,$6,$7) ON CONFLICT ("key") DO UPDATE SET "name" = $8, "updatedAt" = $9 WHERE ("public"."api_keys"."key" = $10 AND 1=1) RETURNING "public"."api_keys"."id", "public"."api_keys"."name", "public"."api_keys"."key", "public"."api_keys"."created", "public"."api_keys"."lastUsed", "public"."api_keys"."createdAt", "public"."api_keys"."updatedAt", "public"."api_keys"."userId";
-- with: ${third-api-key} | third | sk_second_${run} | ${now} | ${now} | ${now} | ${ada} | renamed | ${now} | sk_second_${run}
-- gives: ${second-api-key} | renamed | sk_second_${run} | * | NULL | * | ${now} | ${ada}

-- operation: change an API key
UPDATE "public"."api_keys" SET "key" = $1, "updatedAt" = $2 WHERE ("public"."api_keys"."id" = $3 AND 1=1) RETURNING "public"."api_keys"."id", "public"."api_keys"."key";
-- with: sk_changed_${run} | ${now} | ${api-key}
-- gives: ${api-key} | sk_changed_${run}

-- operation: delete an API key
DELETE FROM "public"."api_keys" WHERE ("public"."api_keys"."key" = $1 AND 1=1) RETURNING "public"."api_keys"."id", "public"."api_keys"."name", "public"."api_keys"."key", "public"."api_keys"."created", "public"."api_keys"."lastUsed", "public"."api_keys"."createdAt", "public"."api_keys"."updatedAt", "public"."api_keys"."userId";
-- with: sk_second_${run}
-- gives: ${second-api-key} | renamed | sk_second_${run} | * | NULL | * | * | ${ada}

-- operation: a document gets another owner
BEGIN;
UPDATE "public"."documents" SET "userId" = $1, "databaseId" = $2, "updatedAt" = $3 WHERE ("public"."documents"."id" = $4 AND 1=1) RETURNING "public"."documents"."id", "public"."documents"."userId";
-- with: ${ben-cuid} | NULL | ${now} | ${document-6}
-- gives: ${document-6} | ${ben-cuid}
UPDATE "public"."jobs" SET "userId" = $1, "updatedAt" = $2 WHERE "public"."jobs"."documentId" = $3;
-- with: ${ben-cuid} | ${now} | ${document-6}
-- changes: 1
COMMIT;

-- operation: a database and all in it get another owner
BEGIN;
SELECT "public"."database_servers"."id" FROM "public"."database_servers" WHERE ("public"."database_servers"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3;
-- with: ${server-of-ben} | 1 | 0
-- gives: ${server-of-ben}
SELECT "public"."users"."id" FROM "public"."users" WHERE ("public"."users"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3;
-- with: ${ben-cuid} | 1 | 0
-- gives: ${ben-cuid}
UPDATE "public"."databases" SET "userId" = $1, "updatedAt" = $2, "serverId" = $3 WHERE ("public"."databases"."id" = $4 AND 1=1) RETURNING "public"."databases"."id", "public"."databases"."userId";
-- with: ${ben-cuid} | ${now} | ${server-of-ben} | ${second-database}
-- gives: ${second-database} | ${ben-cuid}
SELECT "public"."databases"."id", "public"."databases"."userId" FROM "public"."databases" WHERE "public"."databases"."id" = $1 LIMIT $2 OFFSET $3;
-- with: ${second-database} | 1 | 0
-- gives: ${second-database} | ${ben-cuid}
UPDATE "public"."documents" SET "userId" = $1, "updatedAt" = $2 WHERE "public"."documents"."databaseId" = $3;
-- with: ${ben-cuid} | ${now} | ${second-database}
-- changes: 3
UPDATE "public"."jobs" SET "userId" = $1, "updatedAt" = $2 WHERE EXISTS(SELECT "t0"."id" FROM "public"."documents" AS "t0" WHERE ("t0"."databaseId" = $3 AND ("public"."jobs"."documentId") = ("t0"."id") AND "t0"."id" IS NOT NULL));
-- with: ${ben-cuid} | ${now} | ${second-database}
-- changes: 2
COMMIT;

-- operation: what another owner got
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."documents"."id" FROM "public"."documents" WHERE "public"."documents"."userId" = $1 OFFSET $2) AS "sub";
-- with: ${ben-cuid} | 0
-- gives: 4

-- operation: a user gets another id
UPDATE "public"."users" SET "id" = $1, "updatedAt" = $2 WHERE ("public"."users"."id" = $3 AND 1=1) RETURNING "public"."users"."id";
-- with: ${ben-again-cuid} | ${now} | ${ben-cuid}
-- gives: ${ben-again-cuid}

-- operation: a database gets another id
UPDATE "public"."databases" SET "id" = $1, "updatedAt" = $2 WHERE ("public"."databases"."id" = $3 AND 1=1) RETURNING "public"."databases"."id";
-- with: ${second-database-again} | ${now} | ${second-database}
-- gives: ${second-database-again}

-- operation: what the new ids took along
SELECT "public"."documents"."id", "public"."documents"."databaseId" FROM "public"."documents" WHERE "public"."documents"."userId" = $1 ORDER BY "public"."documents"."name" ASC OFFSET $2;
-- with: ${ben-again-cuid} | 0
-- gives: ${document-1} | ${second-database-again}
-- gives: ${document-2} | ${second-database-again}
-- gives: ${document-3} | ${second-database-again}
-- gives: ${document-6} | NULL

-- operation: read a row that was there, of each table
-- anytime
SELECT "public"."users"."id", "public"."users"."name", "public"."users"."email", "public"."users"."avatar", "public"."users"."role"::text, "public"."users"."createdAt", "public"."users"."updatedAt" FROM "public"."users" WHERE ("public"."users"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3;
-- with: ${existing-users} | 1 | 0
-- gives: ${existing-users} | * | * | * | * | * | *
SELECT "public"."user_settings"."id", "public"."user_settings"."userId", "public"."user_settings"."theme"::text, "public"."user_settings"."language", "public"."user_settings"."notifications", "public"."user_settings"."autoSave", "public"."user_settings"."defaultDatabase", "public"."user_settings"."createdAt", "public"."user_settings"."updatedAt" FROM "public"."user_settings" WHERE ("public"."user_settings"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3;
-- with: ${existing-user_settings} | 1 | 0
-- gives: ${existing-user_settings} | * | * | * | * | * | * | * | *
SELECT "public"."database_servers"."id", "public"."database_servers"."name", "public"."database_servers"."type"::text, "public"."database_servers"."host", "public"."database_servers"."port", "public"."database_servers"."username", "public"."database_servers"."password", "public"."database_servers"."apiKey", "public"."database_servers"."database", "public"."database_servers"."collection", "public"."database_servers"."isActive", "public"."database_servers"."createdAt", "public"."database_servers"."lastConnected", "public"."database_servers"."updatedAt", "public"."database_servers"."userId" FROM "public"."database_servers" WHERE ("public"."database_servers"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3;
-- with: ${existing-database_servers} | 1 | 0
-- gives: ${existing-database_servers} | * | * | * | * | * | * | * | * | * | * | * | * | * | *
SELECT "public"."databases"."id", "public"."databases"."name", "public"."databases"."description", "public"."databases"."documentCount", "public"."databases"."lastUpdated", "public"."databases"."createdAt", "public"."databases"."updatedAt", "public"."databases"."userId", "public"."databases"."serverId" FROM "public"."databases" WHERE ("public"."databases"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3;
-- with: ${existing-databases} | 1 | 0
-- gives: ${existing-databases} | * | * | * | * | * | * | * | *
SELECT "public"."documents"."id", "public"."documents"."name", "public"."documents"."type", "public"."documents"."state"::text, "public"."documents"."version", "public"."documents"."chunks", "public"."documents"."quality", "public"."documents"."uploadDate", "public"."documents"."createdAt", "public"."documents"."updatedAt", "public"."documents"."userId", "public"."documents"."databaseId" FROM "public"."documents" WHERE ("public"."documents"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3;
-- with: ${existing-documents} | 1 | 0
-- gives: ${existing-documents} | * | * | * | * | * | * | * | * | * | * | *
SELECT "public"."jobs"."id", "public"."jobs"."documentName", "public"."jobs"."documentType", "public"."jobs"."startDate", "public"."jobs"."endDate", "public"."jobs"."status"::text, "public"."jobs"."percentage", "public"."jobs"."summary", "public"."jobs"."createdAt", "public"."jobs"."updatedAt", "public"."jobs"."documentId", "public"."jobs"."userId" FROM "public"."jobs" WHERE ("public"."jobs"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3;
-- with: ${existing-jobs} | 1 | 0
-- gives: ${existing-jobs} | * | * | * | * | * | * | * | * | * | * | *
SELECT "public"."api_keys"."id", "public"."api_keys"."name", "public"."api_keys"."key", "public"."api_keys"."created", "public"."api_keys"."lastUsed", "public"."api_keys"."createdAt", "public"."api_keys"."updatedAt", "public"."api_keys"."userId" FROM "public"."api_keys" WHERE ("public"."api_keys"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3;
-- with: ${existing-api_keys} | 1 | 0
-- gives: ${existing-api_keys} | * | * | * | * | * | * | *

-- operation: touch a user who was there
-- anytime
SELECT "public"."users"."id", "public"."users"."updatedAt" FROM "public"."users" WHERE ("public"."users"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3;
-- with: ${existing-users} | 1 | 0
-- gives: ${existing-users} | ${updatedAt-in-users}
UPDATE "public"."users" SET "updatedAt" = $1 WHERE ("public"."users"."id" = $2 AND 1=1) RETURNING "public"."users"."id";
-- with: ${updatedAt-in-users} | ${existing-users}
-- gives: ${existing-users}

-- operation: touch settings that were there
-- anytime
SELECT "public"."user_settings"."id", "public"."user_settings"."updatedAt" FROM "public"."user_settings" WHERE ("public"."user_settings"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3;
-- with: ${existing-user_settings} | 1 | 0
-- gives: ${existing-user_settings} | ${updatedAt-in-user_settings}
UPDATE "public"."user_settings" SET "updatedAt" = $1 WHERE ("public"."user_settings"."id" = $2 AND 1=1) RETURNING "public"."user_settings"."id";
-- with: ${updatedAt-in-user_settings} | ${existing-user_settings}
-- gives: ${existing-user_settings}

-- operation: touch a server that was there
-- anytime
SELECT "public"."database_servers"."id", "public"."database_servers"."updatedAt" FROM "public"."database_servers" WHERE ("public"."database_servers"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3;
-- with: ${existing-database_servers} | 1 | 0
-- gives: ${existing-database_servers} | ${updatedAt-in-database_servers}
UPDATE "public"."database_servers" SET "updatedAt" = $1 WHERE ("public"."database_servers"."id" = $2 AND 1=1) RETURNING "public"."database_servers"."id";
-- with: ${updatedAt-in-database_servers} | ${existing-database_servers}
-- gives: ${existing-database_servers}

-- operation: touch a database that was there
-- anytime
SELECT "public"."databases"."id", "public"."databases"."updatedAt" FROM "public"."databases" WHERE ("public"."databases"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3;
-- with: ${existing-databases} | 1 | 0
-- gives: ${existing-databases} | ${updatedAt-in-databases}
UPDATE "public"."databases" SET "documentCount" = ("public"."databases"."documentCount" + $1), "updatedAt" = $2 WHERE ("public"."databases"."id" = $3 AND 1=1) RETURNING "public"."databases"."id";
-- with: 0 | ${updatedAt-in-databases} | ${existing-databases}
-- gives: ${existing-databases}

-- operation: touch a document that was there
-- anytime
SELECT "public"."documents"."id", "public"."documents"."updatedAt" FROM "public"."documents" WHERE ("public"."documents"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3;
-- with: ${existing-documents} | 1 | 0
-- gives: ${existing-documents} | ${updatedAt-in-documents}
UPDATE "public"."documents" SET "version" = ("public"."documents"."version" + $1), "updatedAt" = $2 WHERE ("public"."documents"."id" = $3 AND 1=1) RETURNING "public"."documents"."id";
-- with: 0 | ${updatedAt-in-documents} | ${existing-documents}
-- gives: ${existing-documents}

-- operation: touch a job that was there
-- anytime
SELECT "public"."jobs"."id", "public"."jobs"."updatedAt" FROM "public"."jobs" WHERE ("public"."jobs"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3;
-- with: ${existing-jobs} | 1 | 0
-- gives: ${existing-jobs} | ${updatedAt-in-jobs}
UPDATE "public"."jobs" SET "updatedAt" = $1 WHERE ("public"."jobs"."id" = $2 AND 1=1) RETURNING "public"."jobs"."id";
-- with: ${updatedAt-in-jobs} | ${existing-jobs}
-- gives: ${existing-jobs}

-- operation: touch an API key that was there
-- anytime
SELECT "public"."api_keys"."id", "public"."api_keys"."updatedAt" FROM "public"."api_keys" WHERE ("public"."api_keys"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3;
-- with: ${existing-api_keys} | 1 | 0
-- gives: ${existing-api_keys} | ${updatedAt-in-api_keys}
UPDATE "public"."api_keys" SET "updatedAt" = $1 WHERE ("public"."api_keys"."id" = $2 AND 1=1) RETURNING "public"."api_keys"."id";
-- with: ${updatedAt-in-api_keys} | ${existing-api_keys}
-- gives: ${existing-api_keys}

-- operation: upsert a user by e-mail who was there
-- anytime
SELECT "public"."users"."id", "public"."users"."email", "public"."users"."updatedAt" FROM "public"."users" WHERE ("public"."users"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3;
-- with: ${existing-users} | 1 | 0
-- gives: ${existing-users} | ${email-in-users} | ${updatedAt-in-users}
INSERT INTO "public"."users" ("id","name","email","role","createdAt","updatedAt") VALUES ($1,$2,$3,CAST($4::text AS "public"."UserRole"),$5,$6) ON CONFLICT ("email") DO UPDATE SET "updatedAt" = $7 WHERE ("public"."users"."email" = $8 AND 1=1) RETURNING "public"."users"."id";
-- with: ${user-not-made} | never | ${email-in-users} | USER | ${now} | ${now} | ${updatedAt-in-users} | ${email-in-users}
-- gives: ${existing-users}

-- operation: upsert a database by name and user that was there
-- anytime
SELECT "public"."databases"."id", "public"."databases"."name", "public"."databases"."userId", "public"."databases"."serverId", "public"."databases"."updatedAt" FROM "public"."databases" WHERE ("public"."databases"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3;
-- with: ${existing-databases} | 1 | 0
-- gives: ${existing-databases} | ${name-in-databases} | ${userId-in-databases} | ${serverId-in-databases} | ${updatedAt-in-databases}
INSERT INTO "public"."databases" ("id","name","description","documentCount","lastUpdated","createdAt","updatedAt","userId","serverId") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9) ON CONFLICT ("name","userId") DO UPDATE SET "updatedAt" = $10 WHERE (("public"."databases"."name" = $11 AND "public"."databases"."userId" = $12) AND 1=1) RETURNING "public"."databases"."id";
-- with: ${database-not-made} | ${name-in-databases} | '' | 0 | ${now} | ${now} | ${now} | ${userId-in-databases} | ${serverId-in-databases} | ${updatedAt-in-databases} | ${name-in-databases} | ${userId-in-databases}
-- gives: ${existing-databases}

-- operation: upsert an API key by key that was there
-- anytime
SELECT "public"."api_keys"."id", "public"."api_keys"."key", "public"."api_keys"."userId", "public"."api_keys"."updatedAt" FROM "public"."api_keys" WHERE ("public"."api_keys"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3;
-- with: ${existing-api_keys} | 1 | 0
-- gives: ${existing-api_keys} | ${key-in-api_keys} | ${userId-in-api_keys} | ${updatedAt-in-api_keys}
INSERT INTO "public"."api_keys" ("id","name","key","created","createdAt","updatedAt","userId") VALUES ($1,$2,$3,$4,$5,$6,$7) ON CONFLICT ("key") DO UPDATE SET "updatedAt" = $8 WHERE ("public"."api_keys"."key" = $9 AND 1=1) RETURNING "public"."api_keys"."id";
-- with: ${key-not-made} | never | ${key-in-api_keys} | ${now} | ${now} | ${now} | ${userId-in-api_keys} | ${updatedAt-in-api_keys} | ${key-in-api_keys}
-- gives: ${existing-api_keys}

-- operation: a document that was there is another owner's for a moment
SELECT "public"."documents"."id", "public"."documents"."userId", "public"."documents"."databaseId", "public"."documents"."updatedAt" FROM "public"."documents" WHERE ("public"."documents"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3;
-- with: ${existing-documents} | 1 | 0
-- gives: ${existing-documents} | ${userId-in-documents} | ${databaseId-in-documents} | ${updatedAt-in-documents}
BEGIN;
UPDATE "public"."documents" SET "userId" = $1, "databaseId" = $2, "updatedAt" = $3 WHERE ("public"."documents"."id" = $4 AND 1=1) RETURNING "public"."documents"."id";
-- with: ${ada} | NULL | ${now} | ${existing-documents}
-- gives: ${existing-documents}
UPDATE "public"."documents" SET "userId" = $1, "databaseId" = $2, "updatedAt" = $3 WHERE ("public"."documents"."id" = $4 AND 1=1) RETURNING "public"."documents"."id";
-- with: ${userId-in-documents} | ${databaseId-in-documents} | ${updatedAt-in-documents} | ${existing-documents}
-- gives: ${existing-documents}
COMMIT;

-- operation: a document for a user who was there
INSERT INTO "public"."documents" ("id","name","type","state","version","chunks","quality","uploadDate","createdAt","updatedAt","userId") VALUES ($1,$2,$3,CAST($4::text AS "public"."DocumentState"),$5,$6,$7,$8,$9,$10,$11) RETURNING "public"."documents"."id";
-- with: ${document-of-other} | x | x | PENDING | 1 | 0 | 0.0 | ${now} | ${now} | ${now} | ${existing-users}
-- gives: ${document-of-other}
DELETE FROM "public"."documents" WHERE ("public"."documents"."id" = $1 AND 1=1) RETURNING "public"."documents"."id";
-- with: ${document-of-other}
-- gives: ${document-of-other}

-- operation: delete a database
DELETE FROM "public"."databases" WHERE ("public"."databases"."id" = $1 AND 1=1) RETURNING "public"."databases"."id";
-- with: ${database}
-- gives: ${database}

-- operation: its document is in none now
SELECT "public"."documents"."id", "public"."documents"."databaseId" FROM "public"."documents" WHERE ("public"."documents"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3;
-- with: ${document} | 1 | 0
-- gives: ${document} | NULL

-- operation: delete a document
DELETE FROM "public"."documents" WHERE ("public"."documents"."id" = $1 AND 1=1) RETURNING "public"."documents"."id", "public"."documents"."name", "public"."documents"."type", "public"."documents"."state"::text, "public"."documents"."version", "public"."documents"."chunks", "public"."documents"."quality", "public"."documents"."uploadDate", "public"."documents"."createdAt", "public"."documents"."updatedAt", "public"."documents"."userId", "public"."documents"."databaseId";
-- with: ${document}
-- gives: ${document} | a.pdf | application/pdf | INGESTING | 3 | 0 | 0.5 | * | * | * | ${ada} | NULL

-- operation: its jobs are gone
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."jobs"."id" FROM "public"."jobs" WHERE "public"."jobs"."documentId" = $1 OFFSET $2) AS "sub";
-- with: ${document} | 0
-- gives: 0

-- operation: delete many documents
DELETE FROM "public"."documents" WHERE ("public"."documents"."userId" = $1 AND "public"."documents"."chunks" = $2);
-- with: ${ada} | 0
-- changes: 2

-- operation: add a database with a document in it
BEGIN;
INSERT INTO "public"."databases" ("id","name","description","documentCount","lastUpdated","createdAt","updatedAt","userId","serverId") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9) RETURNING "public"."databases"."id";
-- with: ${third-database} | drafts | '' | 0 | ${now} | ${now} | ${now} | ${ada} | ${server}
-- gives: ${third-database}
INSERT INTO "public"."documents" ("id","name","type","state","version","chunks","quality","uploadDate","createdAt","updatedAt","userId","databaseId") VALUES ($1,$2,$3,CAST($4::text AS "public"."DocumentState"),$5,$6,$7,$8,$9,$10,$11,$12) RETURNING "public"."documents"."id";
-- with: ${document-7} | 7.txt | text/plain | PENDING | 1 | 0 | 0.0 | ${now} | ${now} | ${now} | ${ada} | ${third-database}
-- gives: ${document-7}
SELECT "public"."databases"."id" FROM "public"."databases" WHERE "public"."databases"."id" = $1 LIMIT $2 OFFSET $3;
-- with: ${third-database} | 1 | 0
-- gives: ${third-database}
COMMIT;

-- operation: delete a server
DELETE FROM "public"."database_servers" WHERE ("public"."database_servers"."id" = $1 AND 1=1) RETURNING "public"."database_servers"."id";
-- with: ${server}
-- gives: ${server}

-- operation: its databases are gone
SELECT COUNT(*) AS "_count$_all" FROM (SELECT "public"."databases"."id" FROM "public"."databases" WHERE "public"."databases"."serverId" = $1 OFFSET $2) AS "sub";
-- with: ${server} | 0
-- gives: 0

-- operation: a document of its databases is in none now
SELECT "public"."documents"."id", "public"."documents"."databaseId" FROM "public"."documents" WHERE ("public"."documents"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3;
-- with: ${document-7} | 1 | 0
-- gives: ${document-7} | NULL

-- operation: delete a user
DELETE FROM "public"."users" WHERE ("public"."users"."id" = $1 AND 1=1) RETURNING "public"."users"."id";
-- with: ${ada}
-- gives: ${ada}

-- operation: delete the other user
DELETE FROM "public"."users" WHERE ("public"."users"."id" = $1 AND 1=1) RETURNING "public"."users"."id";
-- with: ${ben-again-cuid}
-- gives: ${ben-again-cuid}

-- operation: delete a user who is gone
DELETE FROM "public"."users" WHERE ("public"."users"."id" = $1 AND 1=1) RETURNING "public"."users"."id", "public"."users"."name", "public"."users"."email", "public"."users"."avatar", "public"."users"."role"::text, "public"."users"."createdAt", "public"."users"."updatedAt";
-- with: ${ada}
-- gives nothing

-- operation: all that was theirs is gone
SELECT (SELECT count(*) FROM "public"."user_settings" WHERE "userId" IN ($1, $2)) + (SELECT count(*) FROM "public"."documents" WHERE "userId" IN ($3, $4)) + (SELECT count(*) FROM "public"."api_keys" WHERE "userId" = $5) AS left;
-- with: ${ada} | ${ben-again-cuid} | ${ada} | ${ben-again-cuid} | ${ada}
-- gives: 0
