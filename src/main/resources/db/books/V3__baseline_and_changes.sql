-- What each table held before the first row was moved, in parts by how the ids end: a difference found later names the ids it lies among.
CREATE TABLE migration.baseline (
  table_name  text NOT NULL,
  id_ending   text NOT NULL,
  row_count   bigint NOT NULL,
  checksum    numeric NOT NULL,
  taken_at    timestamptz NOT NULL,
  CONSTRAINT baseline_pkey PRIMARY KEY (table_name, id_ending)
);

-- What everybody but the migration changed in the columns from before realms, written in the transaction that changed it:
-- baseline + changes = table, exactly, in every snapshot, however busy the application is.
CREATE TABLE migration.changes (
  table_name  text NOT NULL,
  id_ending   text NOT NULL,
  row_count   bigint NOT NULL,
  checksum    numeric NOT NULL
);
-- It has no key, and must be emptied also where everything is published.
ALTER TABLE migration.changes REPLICA IDENTITY FULL;

-- Notes a change of a row, or of all rows before they are truncated; the checksum of a row is that of its columns from before realms.
CREATE FUNCTION migration.note_change() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = migration, pg_temp AS $$
DECLARE
  v_old numeric;
  v_new numeric;
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    EXECUTE format('INSERT INTO changes SELECT %1$L, right(id::text, 3), -count(*), -sum(row_checksum(t.*)) FROM %2$I.%1$I AS t GROUP BY 2',
                   TG_TABLE_NAME, TG_TABLE_SCHEMA);
    RETURN NULL;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    v_old := row_checksum(OLD);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    v_new := row_checksum(NEW);
  END IF;
  IF v_old = v_new THEN
    RETURN NULL;
  END IF;
  INSERT INTO changes SELECT TG_TABLE_NAME, right(OLD.id::text, 3), -1, -v_old WHERE v_old IS NOT NULL
                UNION ALL SELECT TG_TABLE_NAME, right(NEW.id::text, 3), 1, v_new WHERE v_new IS NOT NULL;
  RETURN NULL;
END $$;

-- Whether PostgreSQL has a hash for a type, and for all that it is made of.
CREATE FUNCTION migration.is_hashable(p_type oid) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  WITH RECURSIVE parts (type) AS (
    SELECT p_type
    UNION
    SELECT part.type FROM parts JOIN pg_type AS t ON t.oid = parts.type, LATERAL (
      SELECT typbasetype AS type WHERE typtype = 'd'
      UNION ALL SELECT typelem WHERE typlen = -1 AND typelem <> 0
      UNION ALL SELECT rngsubtype FROM pg_range WHERE t.oid IN (rngtypid, rngmultitypid)
      UNION ALL SELECT atttypid FROM pg_attribute WHERE attrelid = typrelid AND attnum > 0 AND NOT attisdropped) AS part)
  SELECT NOT EXISTS (
    SELECT FROM parts JOIN pg_type AS t ON t.oid = type
    WHERE typtype = 'b' AND NOT (typlen = -1 AND typelem <> 0)
      AND NOT EXISTS (SELECT FROM pg_opclass JOIN pg_am AS a ON a.oid = opcmethod
                      JOIN pg_amproc ON amprocfamily = opcfamily AND amproclefttype = opcintype AND amprocnum = 2
                      WHERE amname = 'hash' AND opcdefault
                        AND (opcintype = type OR EXISTS (SELECT FROM pg_cast WHERE castsource = type AND casttarget = opcintype AND castmethod = 'b' AND castcontext = 'i'))))
$$;

-- Begins the notes of a table. Called before the table gets its first column from us, so the columns it has are those to keep; one that is
-- computed when it is read (VIRTUAL) has no value in a trigger.
-- hash_record_extended depends on values only, on no session setting; what has no hash goes in as text, which the settings of who writes must
-- not change. They are set in that case only: a function with settings is not inlined. The migration itself sets realms.migration and is not noted.
-- The triggers fire always: what a replication applies is noted, too. Cascades and COPY fire them as well; whoever disables triggers, or
-- changes a column's type, makes a difference that an operator has to look at.
CREATE PROCEDURE migration.note_changes_of(p_table regclass)
  LANGUAGE plpgsql SET search_path = migration, pg_temp AS $$
DECLARE
  v_values   text;
  v_hashable boolean;
BEGIN
  SELECT string_agg(format(CASE WHEN hashable THEN 't.%I' ELSE 't.%I::text' END, attname), ', ' ORDER BY attnum),
         bool_and(hashable)
  INTO v_values, v_hashable
  FROM pg_attribute, is_hashable(atttypid) AS hashable WHERE attrelid = p_table AND attnum > 0 AND NOT attisdropped AND attgenerated <> 'v';
  EXECUTE format('CREATE FUNCTION migration.row_checksum(t %s) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE %s AS $f$
                  SELECT pg_catalog.hash_record_extended(ROW(%s), 0) $f$', p_table,
                 CASE WHEN NOT v_hashable THEN 'SET search_path = pg_catalog, pg_temp SET extra_float_digits = 1 SET DateStyle = ISO, MDY SET IntervalStyle = postgres
                   SET TimeZone = UTC SET bytea_output = hex SET lc_monetary = ''C'' SET quote_all_identifiers = off' END, v_values);
  -- Whichever columns are written: a trigger of the installation may change others, and the name of a database changes with ours.
  EXECUTE format('CREATE TRIGGER noted_for_migration AFTER INSERT OR DELETE OR UPDATE ON %s FOR EACH ROW
                  WHEN (current_setting(''realms.migration'', true) IS DISTINCT FROM ''on'') EXECUTE FUNCTION migration.note_change()', p_table);
  EXECUTE format('CREATE TRIGGER truncation_noted_for_migration BEFORE TRUNCATE ON %s FOR EACH STATEMENT
                  WHEN (current_setting(''realms.migration'', true) IS DISTINCT FROM ''on'') EXECUTE FUNCTION migration.note_change()', p_table);
  EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER noted_for_migration, ENABLE ALWAYS TRIGGER truncation_noted_for_migration', p_table);
END $$;
