-- Counting goes on in the same transactions that change what is counted, so by how much a count is wrong is the same in every
-- snapshot: it is added without a lock on a table. Then nobody writes a count any more.
SET LOCAL realms.recount = 'on';
-- Suspended triggers stay so; no column from before realms changes.
SET LOCAL realms.migration = 'on';
UPDATE databases AS d SET document_count = d.document_count + wrong.by
FROM (SELECT b.realm_id, b.id, count(o.id) - b.document_count AS by
      FROM databases b LEFT JOIN documents o ON o.realm_id = b.realm_id AND o.database_id = b.id
      GROUP BY b.realm_id, b.id, b.document_count) AS wrong
WHERE d.realm_id = wrong.realm_id AND d.id = wrong.id AND wrong.by <> 0;

CREATE OR REPLACE FUNCTION keep_document_count() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.document_count := 0;
  ELSIF pg_trigger_depth() = 1 THEN
    NEW.document_count := OLD.document_count;
  END IF;
  RETURN NEW;
END $$;
