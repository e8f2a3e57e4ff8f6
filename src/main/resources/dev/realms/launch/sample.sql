-- Fills the pre-realm schema with invented users, to try the product and its migration on; `:users` is replaced by their number.
-- Reproducible: the same number gives the same rows, ids included, because every draw is a hash of what it is for.
-- Skewed as real installations are: most users have a handful of documents, the first one about a sixth of all.
CREATE SCHEMA sample;

CREATE FUNCTION sample.fraction(seed text) RETURNS double precision LANGUAGE sql IMMUTABLE
  RETURN (hashtextextended(seed, 42) & 4503599627370495) / 4503599627370496.0::double precision;

CREATE FUNCTION sample.chance(seed text, probability double precision) RETURNS boolean LANGUAGE sql IMMUTABLE
  RETURN sample.fraction(seed) < probability;

-- Mostly small, now and then several times the mean.
CREATE FUNCTION sample.skewed(seed text, mean double precision) RETURNS integer LANGUAGE sql IMMUTABLE
  RETURN floor(-mean * ln(1 - sample.fraction(seed)));

CREATE FUNCTION sample.number(seed text, lowest integer, highest integer) RETURNS integer LANGUAGE sql IMMUTABLE
  RETURN lowest + floor(sample.fraction(seed) * (highest - lowest + 1))::integer;

CREATE FUNCTION sample.pick(seed text, choices text[]) RETURNS text LANGUAGE sql IMMUTABLE
  RETURN choices[sample.number(seed, 1, cardinality(choices))];

CREATE FUNCTION sample.moment(seed text, earliest timestamptz, latest timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE
  RETURN date_trunc('milliseconds', earliest + sample.fraction(seed) * (latest - earliest));

-- Of version 4, as the ids of existing installations.
CREATE FUNCTION sample.id(seed text) RETURNS uuid LANGUAGE sql IMMUTABLE
  RETURN overlay(overlay(md5(seed) PLACING '4' FROM 13) PLACING 'a' FROM 17)::uuid;

-- The moment at which the invented history ends; fixed, because the rows must not depend on the day.
CREATE FUNCTION sample.now() RETURNS timestamptz LANGUAGE sql IMMUTABLE RETURN timestamptz '2025-10-31 18:00:00Z';

-- Names in their own script, each with the Latin letters of the e-mail address.
CREATE TABLE sample.cultures (culture integer, language text, given_names text[], family_names text[], topics text[], family_first boolean);
INSERT INTO sample.cultures VALUES
  (1, 'en', '{Grace|grace,Owen|owen,Ruby|ruby,Miles|miles,Ivy|ivy}', '{Hartley|hartley,O''Brien|obrien,Whitcombe|whitcombe,Adeyemi|adeyemi}',
    '{Contract,Invoice,Handbook,Minutes,Roadmap,Research-Notes,Onboarding,Audit}', false),
  (2, 'de', '{Jürgen|juergen,Käthe|kaethe,Anneliese|anneliese,Björn|bjoern}', '{Groß|gross,Müller|mueller,Weißhaupt|weisshaupt,Schröder|schroeder}',
    '{Prüfbericht,Lieferschein,Übersicht,Angebot,Maßnahmenplan}', false),
  (3, 'fr', '{Zoé|zoe,François|francois,Maëlle|maelle,Aurélien|aurelien}', '{Lefèvre|lefevre,Châtelain|chatelain,Noël|noel,D''Aubigné|daubigne}',
    '{Procès-verbal,Marché,Étude,Résumé,Façade}', false),
  (4, 'es', '{Íñigo|inigo,Lucía|lucia,Andrés|andres,Begoña|begona}', '{Núñez|nunez,Ibáñez|ibanez,García-Peña|garcia.pena}',
    '{Año-fiscal,Diseño,Informe,Reunión,Acción}', false),
  (5, 'pl', '{Łukasz|lukasz,Żaneta|zaneta,Michał|michal,Święta|swieta}', '{Wójcik|wojcik,Dąbrowska|dabrowska,Źródło|zrodlo}',
    '{Umowa,Sprawozdanie,Załącznik,Wyciąg}', false),
  (6, 'tr', '{İrem|irem,Çağlar|caglar,Işıl|isil,Gökçe|gokce}', '{Yıldız|yildiz,Öztürk|ozturk,Şahin|sahin}', '{Sözleşme,Çalışma,Özet,İhale}', false),
  (7, 'vi', '{Thảo|thao,Đức|duc,Hương|huong,Việt|viet}', '{Nguyễn|nguyen,Phạm|pham,Đỗ|do}', '{Hợp-đồng,Báo-cáo,Kế-hoạch}', true),
  (8, 'el', '{Ελένη|eleni,Νίκος|nikos,Αγγελική|angeliki}', '{Παπαδόπουλος|papadopoulos,Ιωάννου|ioannou,Σταύρου|stavrou}',
    '{Σύμβαση,Έκθεση,Πρακτικά,Τιμολόγιο}', false),
  (9, 'ru', '{Анна|anna,Дмитрий|dmitry,Семён|semyon,Юлия|yulia}', '{Ковалёва|kovaleva,Жуков|zhukov,Щербак|shcherbak}', '{Договор,Отчёт,Смета,Протокол}', false),
  (10, 'ar', '{ليلى|layla,عمر|omar,نورة|noura}', '{الحسن|alhassan,القاسم|alqasim,منصور|mansour}', '{عقد,تقرير,محضر,فاتورة}', false),
  (11, 'he', '{נועה|noa,איתי|itai,שירה|shira}', '{לוי|levi,מזרחי|mizrahi,ברק|barak}', '{חוזה,דוח,סיכום}', false),
  (12, 'hi', '{आरव|aarav,प्रिया|priya,ऋषि|rishi}', '{शर्मा|sharma,श्रीवास्तव|srivastava,मिश्रा|mishra}', '{अनुबंध,प्रतिवेदन,बैठक}', false),
  (13, 'th', '{สมชาย|somchai,ปราณี|pranee}', '{ศรีสุข|srisuk,วงศ์ดี|wongdee}', '{สัญญา,รายงาน,แผนงาน}', false),
  (14, 'zh', '{雪|xue,志强|zhiqiang,雨桐|yutong,欣妍|xinyan}', '{王|wang,欧阳|ouyang,陈|chen,龚|gong}', '{合同,年度报告,会议记录,发票}', true),
  (15, 'ja', '{さくら|sakura,大輔|daisuke,結衣|yui,𠮷郎|kichiro}', '{髙橋|takahashi,渡邉|watanabe,佐藤|sato}', '{契約書,議事録,請求書,報告書}', true),
  (16, 'ko', '{지우|jiwoo,서연|seoyeon,민준|minjun}', '{김|kim,박|park,남궁|namgung}', '{계약서,보고서,회의록}', true);

CREATE TABLE sample.types (ending text, type text);
INSERT INTO sample.types VALUES
  ('pdf', 'application/pdf'), ('docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'),
  ('md', 'text/markdown'), ('html', 'text/html'), ('csv', 'text/csv');

CREATE TABLE sample.users AS
SELECT rank, c.*, sample.id('user' || rank) AS id,
       sample.moment('joined' || rank, timestamptz '2023-02-01 08:00:00Z', sample.now() - interval '60 days') AS joined,
       CASE WHEN sample.chance('serverless' || rank, 0.03) THEN 0 ELSE 1 + sample.skewed('servers' || rank, 0.9) END AS servers,
       1 + sample.skewed('databases' || rank, 2.2) AS databases,
       least(5.0 * :users / (rank::double precision * rank), 1e8)::integer + sample.skewed('documents' || rank, 22) AS documents
FROM generate_series(1, :users) AS rank
JOIN sample.cultures AS c ON c.culture = sample.number('culture' || rank, 1, 16);
UPDATE sample.users SET databases = 0 WHERE servers = 0;

-- The first user is the administrator whom the run command's token names, so that there is something to see at once.
INSERT INTO users (id, name, email, avatar, role, created_at, updated_at)
SELECT id,
       CASE WHEN rank = 1 THEN 'Zoë Åström 管理'
            WHEN language = 'vi' THEN split_part(family, '|', 1) || ' ' || split_part(given, '|', 1)
            WHEN family_first THEN split_part(family, '|', 1) || split_part(given, '|', 1)
            ELSE split_part(given, '|', 1) || ' ' || split_part(family, '|', 1) END,
       CASE WHEN rank = 1 THEN 'admin@realms.local'
            ELSE split_part(given, '|', 2) || '.' || split_part(family, '|', 2) || rank || '@'
              || sample.pick('domain' || rank, '{example.com,example.org,example.net}') END,
       CASE WHEN sample.chance('avatar' || rank, 0.3) THEN 'https://avatars.example.com/' || id END,
       CASE WHEN rank = 1 THEN 'ADMIN' WHEN rank % 10 = 0 THEN 'VIEWER' ELSE 'USER' END,
       joined, joined
FROM (SELECT *, sample.pick('given' || rank, given_names) AS given, sample.pick('family' || rank, family_names) AS family FROM sample.users) AS named
ORDER BY rank;

CREATE TABLE sample.servers AS
SELECT id AS user_id, rank, number, seed, sample.id('server' || seed) AS id,
       sample.pick('type' || seed, '{QDRANT,NEO4J,PINECONE,WEAVIATE,CHROMA}') AS type,
       number = 1 OR sample.chance('active' || seed, 0.6) AS active,
       sample.moment('server' || seed, joined, joined + interval '30 days') AS created
FROM sample.users, generate_series(1, servers) AS number, LATERAL (SELECT rank || '-' || number AS seed) AS s;

INSERT INTO database_servers (id, name, type, host, port, username, password, api_key, database, collection, is_active,
                              created_at, last_connected, updated_at, user_id)
SELECT id,
       sample.pick('purpose' || seed, '{production,staging,research,archive,eu-west,测试,Разработка,búsqueda}') || CASE WHEN number > 1 THEN ' ' || number ELSE '' END,
       type, lower(type) || '-' || number || '.u' || rank || '.internal',
       CASE type WHEN 'QDRANT' THEN 6333 WHEN 'NEO4J' THEN 7687 WHEN 'PINECONE' THEN 443 WHEN 'WEAVIATE' THEN 8080 ELSE 8000 END,
       CASE WHEN type IN ('NEO4J', 'CHROMA') THEN 'svc' END,
       CASE WHEN type IN ('NEO4J', 'CHROMA') THEN 'pw-' || left(md5('password' || seed), 20) END,
       CASE WHEN type NOT IN ('NEO4J', 'CHROMA') THEN 'key-' || md5('server key' || seed) END,
       CASE WHEN type = 'NEO4J' THEN 'neo4j' END,
       CASE WHEN type IN ('QDRANT', 'CHROMA') THEN 'documents' END,
       active, created, connected, coalesce(connected, created), user_id
FROM (SELECT *, CASE WHEN active THEN sample.moment('connected' || seed, created, sample.now()) END AS connected FROM sample.servers) AS s
ORDER BY rank, number;

-- What a document or a database is about: in the user's language, or in English.
CREATE FUNCTION sample.topic(seed text, topics text[]) RETURNS text LANGUAGE sql IMMUTABLE
  RETURN CASE WHEN sample.chance('english' || seed, 0.3)
              THEN sample.pick('topic' || seed, '{Contract,Invoice,Handbook,Minutes,Roadmap,Research-Notes,Onboarding,Audit}')
              ELSE sample.pick('topic' || seed, topics) END;

CREATE TABLE sample.databases AS
SELECT id AS user_id, rank, number, seed, sample.id('database' || seed) AS id,
       sample.id('server' || rank || '-' || sample.number('server of' || seed, 1, servers)) AS server_id,
       sample.topic('database' || seed, topics) || ' ' || number AS name,
       sample.moment('database' || seed, joined, joined + interval '30 days') AS created
FROM sample.users, generate_series(1, databases) AS number, LATERAL (SELECT rank || '-' || number AS seed) AS s;

CREATE TABLE sample.documents AS
SELECT u.id AS user_id, u.rank, n.number, s.seed, sample.id('document' || s.seed) AS id, d.id AS database_id,
       sample.topic('document' || s.seed, topics) || '-' || n.number || '.' || e.ending AS name, e.type,
       sample.pick('state' || s.seed, '{PENDING,INGESTING,INGESTED,INGESTED,INGESTED,INGESTED,INGESTED,DEPRECATED,DELETED}') AS state,
       1 + sample.skewed('chunks' || s.seed, 60) AS chunks,
       sample.moment('uploaded' || s.seed, coalesce(d.created, joined), sample.now() - interval '1 day') AS uploaded
FROM sample.users AS u CROSS JOIN generate_series(1, documents) AS n (number) CROSS JOIN LATERAL (SELECT u.rank || '-' || n.number AS seed) AS s
JOIN sample.types AS e ON e.ending = sample.pick('ending' || s.seed, '{pdf,pdf,pdf,pdf,docx,docx,md,html,csv}')
LEFT JOIN sample.databases AS d ON d.rank = u.rank AND d.number = sample.number('database of' || s.seed, 1, databases)
                               AND NOT sample.chance('loose' || s.seed, 0.1);

INSERT INTO databases (id, name, description, document_count, last_updated, created_at, updated_at, user_id, server_id)
SELECT d.id, d.name,
       sample.pick('description' || d.seed, '{What the search box answers from,"Suppliers, contracts and how they hang together",Everything the support team may quote,Scratch space for new embeddings,Vertragswissen für die Rechtsabteilung,社内文書の検索用}'),
       coalesce(c.documents, 0), coalesce(c.latest, d.created), d.created, coalesce(c.latest, d.created), d.user_id, d.server_id
FROM sample.databases AS d
LEFT JOIN (SELECT database_id, count(*) AS documents, max(uploaded) AS latest FROM sample.documents GROUP BY database_id) AS c ON c.database_id = d.id
ORDER BY d.rank, d.number;

INSERT INTO user_settings (id, user_id, theme, language, notifications, auto_save, default_database, created_at, updated_at)
SELECT sample.id('settings' || u.rank), u.id, sample.pick('theme' || u.rank, '{LIGHT,DARK,SYSTEM}'), u.language,
       sample.chance('notifications' || u.rank, 0.8), sample.chance('auto save' || u.rank, 0.9), d.name, u.joined, u.joined
FROM sample.users AS u
LEFT JOIN sample.databases AS d ON d.rank = u.rank AND d.number = 1 AND sample.chance('default database' || u.rank, 0.5)
ORDER BY u.rank;

-- Attempts that came to nothing, one in eight, then the one that the document's state speaks of.
CREATE TABLE sample.attempts AS
SELECT d.id AS document_id, d.number AS document, a.*, sum(wait + work) OVER (PARTITION BY d.id ORDER BY a.number) AS until_its_end
FROM (SELECT *, sample.skewed('failures' || seed, 0.47) AS failures FROM sample.documents) AS d
CROSS JOIN LATERAL (
  SELECT number, d.seed || '-' || number AS seed, number > failures AS is_last,
         sample.number('wait' || d.seed || '-' || number, 200, 60000) * interval '1 ms' AS wait,
         (1000 + sample.skewed('work' || d.seed || '-' || number, 90000)) * interval '1 ms' AS work
  FROM generate_series(1, failures + 1) AS number) AS a;

CREATE TABLE sample.jobs AS
SELECT *, CASE WHEN status IN ('FINISHED', 'FAILED', 'CANCELLED') THEN started + work END AS ended
FROM (SELECT a.document_id, d.user_id, d.name, d.type, d.chunks, d.rank, a.document, a.number, a.seed, a.work, d.uploaded + until_its_end - a.work AS started,
             CASE WHEN NOT is_last THEN sample.pick('outcome' || a.seed, '{FAILED,FAILED,CANCELLED}')
                  WHEN state = 'PENDING' THEN CASE WHEN sample.chance('asked' || a.seed, 0.6) THEN 'PENDING' END
                  WHEN state = 'INGESTING' THEN sample.pick('at' || a.seed, '{WAITING_FOR_REMOTE_WORKER,PROCESSING,PROCESSING}')
                  ELSE 'FINISHED' END AS status
      FROM sample.attempts AS a JOIN sample.documents AS d ON d.id = a.document_id) AS j
WHERE status IS NOT NULL;

INSERT INTO documents (id, name, type, state, version, chunks, quality, upload_date, created_at, updated_at, user_id, database_id)
SELECT id, name, type, state, 1 + sample.skewed('version' || seed, 0.4), CASE WHEN ingested THEN chunks ELSE 0 END,
       CASE WHEN ingested THEN round((0.5 + sample.fraction('quality' || seed) / 2)::numeric, 3) ELSE 0 END,
       uploaded, uploaded, coalesce(changed, uploaded), user_id, database_id
FROM (SELECT *, state NOT IN ('PENDING', 'INGESTING') AS ingested FROM sample.documents) AS d
LEFT JOIN (SELECT document_id, max(coalesce(ended, started)) AS changed FROM sample.jobs GROUP BY document_id) AS j ON j.document_id = d.id
ORDER BY rank, number;

INSERT INTO jobs (id, document_name, document_type, start_date, end_date, status, percentage, summary, created_at, updated_at, document_id, user_id)
SELECT sample.id('job' || seed), name, type, started, ended, status,
       CASE WHEN status = 'FINISHED' THEN 100 WHEN status IN ('PENDING', 'WAITING_FOR_REMOTE_WORKER') THEN 0
            ELSE sample.number('percentage' || seed, 1, 99) END,
       CASE status WHEN 'FINISHED' THEN 'Processed ' || chunks || ' chunks' WHEN 'FAILED' THEN 'The remote worker did not answer'
                   WHEN 'CANCELLED' THEN 'Cancelled by the user' ELSE '' END,
       started, coalesce(ended, started), document_id, user_id
FROM sample.jobs
ORDER BY rank, document, number;

INSERT INTO api_keys (id, name, key, created, last_used, created_at, updated_at, user_id)
SELECT sample.id('key' || seed), sample.pick('place' || seed, '{laptop,ci,notebook,клиент,夜間バッチ}') || ' ' || number,
       'sk_' || md5('first' || seed) || left(md5('second' || seed), 16), made, used, made, coalesce(used, made), user_id
FROM (SELECT *, CASE WHEN sample.chance('used' || seed, 0.7) THEN sample.moment('last used' || seed, made, sample.now()) END AS used
      FROM (SELECT id AS user_id, rank, number, rank || '-' || number AS seed, sample.moment('made' || rank || '-' || number, joined, sample.now()) AS made
            FROM sample.users, generate_series(1, sample.skewed('keys' || rank, 2.4)) AS number) AS k) AS k
ORDER BY rank, number;

DROP SCHEMA sample CASCADE;
