-- Before anything of ours is on the tables, in books that outlive a rollback. What hangs on a key goes when the contract or a rollback
-- makes another of its name.
DELETE FROM migration.as_it_was;
INSERT INTO migration.as_it_was (kind, object, of_table, name, statement)
WITH tables AS (
  SELECT * FROM pg_class WHERE relnamespace = 'realms'::regnamespace
    AND relname IN ('users', 'user_settings', 'database_servers', 'databases', 'documents', 'jobs', 'api_keys')),
owned AS (
  SELECT * FROM tables WHERE relname NOT IN ('users', 'user_settings')),
keys AS (
  SELECT indexrelid, k.oid, c.relname AS index_name, owned.relname, conname, indisclustered, indisreplident, c.reloptions
  FROM owned JOIN pg_index ON indrelid = owned.oid AND indisunique JOIN pg_class AS c ON c.oid = indexrelid
    LEFT JOIN pg_constraint AS k ON conindid = indexrelid AND contype IN ('p', 'u')
  WHERE indisprimary)
SELECT 'right', object, NULL::regclass, '', statement FROM migration.rights_of(${appRole})
UNION ALL SELECT 'key', relname, NULL, conname, format('COMMENT ON CONSTRAINT %I ON realms.%I IS %L', conname, relname, obj_description(oid, 'pg_constraint'))
FROM keys WHERE obj_description(oid, 'pg_constraint') IS NOT NULL
UNION ALL SELECT 'key', relname, NULL, index_name, format('COMMENT ON INDEX realms.%I IS %L', index_name, obj_description(indexrelid, 'pg_class'))
FROM keys WHERE obj_description(indexrelid, 'pg_class') IS NOT NULL
UNION ALL SELECT 'key', relname, NULL, index_name, format('ALTER INDEX realms.%I SET (%s)', index_name, array_to_string(reloptions, ', '))
FROM keys WHERE reloptions IS NOT NULL
UNION ALL SELECT 'key', relname, NULL, index_name, format('ALTER INDEX realms.%I DEPENDS ON EXTENSION %I', index_name, extname)
FROM keys JOIN pg_depend ON classid = 'pg_class'::regclass AND objid = indexrelid AND refclassid = 'pg_extension'::regclass AND deptype = 'x'
  JOIN pg_extension AS e ON e.oid = refobjid
UNION ALL SELECT 'key', relname, NULL, index_name, format('ALTER TABLE realms.%I CLUSTER ON %I', relname, index_name) FROM keys WHERE indisclustered
UNION ALL SELECT 'key', relname, NULL, index_name, format('ALTER TABLE realms.%I REPLICA IDENTITY USING INDEX %I', relname, index_name)
FROM keys WHERE indisreplident;
