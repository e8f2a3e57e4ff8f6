-- Each time, before the runtime role gets its rights. What hangs on a key goes when the contract or a rollback makes another of its name.
DELETE FROM migration.as_it_was;
INSERT INTO migration.as_it_was (statement)
WITH tables AS (
  SELECT * FROM pg_class WHERE relnamespace = 'public'::regnamespace
    AND relname IN ('users', 'user_settings', 'database_servers', 'databases', 'documents', 'jobs', 'api_keys')),
replaced AS (
  SELECT k.oid, conname, relname, conindid, contype IN ('p', 'u') AS has_index, obj_description(k.oid, 'pg_constraint') AS remark
  FROM pg_constraint AS k JOIN tables ON tables.oid = conrelid
  WHERE conname IN ('database_servers_pkey', 'databases_pkey', 'documents_pkey', 'jobs_pkey', 'api_keys_pkey', 'databases_name_user_id_key',
                    'api_keys_key_key', 'databases_server_id_fkey', 'documents_database_id_fkey', 'jobs_document_id_fkey')),
indexes AS (
  SELECT replaced.relname, conname, indisclustered, indisreplident, reloptions, obj_description(c.oid, 'pg_class') AS remark
  FROM replaced JOIN pg_index ON indexrelid = conindid AND has_index JOIN pg_class AS c ON c.oid = indexrelid)
SELECT statement FROM migration.rights_of('"${appUser}"'::regrole)
UNION ALL SELECT format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', relname) FROM tables WHERE relrowsecurity
UNION ALL SELECT format('COMMENT ON CONSTRAINT %I ON public.%I IS %L', conname, relname, remark) FROM replaced WHERE remark IS NOT NULL
UNION ALL SELECT format('COMMENT ON INDEX public.%I IS %L', conname, remark) FROM indexes WHERE remark IS NOT NULL
UNION ALL SELECT format('ALTER INDEX public.%I SET (%s)', conname, array_to_string(reloptions, ', ')) FROM indexes WHERE reloptions IS NOT NULL
UNION ALL SELECT format('ALTER TABLE public.%I CLUSTER ON %I', relname, conname) FROM indexes WHERE indisclustered
UNION ALL SELECT format('ALTER TABLE public.%I REPLICA IDENTITY USING INDEX %I', relname, conname) FROM indexes WHERE indisreplident;
