package dev.realms.migration.catalogue;

import static dev.realms.testing.oldapplication.OldApplicationShape.either;

import java.util.List;
import java.util.stream.Stream;

/**
 * The kinds of objects and settings that can hang on the tables, the roles, the database and the schemas, one example each. What works is
 * made in one database, all at once.
 */
final class CatalogueKinds {

    /** Who may make it. */
    enum Maker {
        OWNER,
        SUPERUSER
    }

    /**
     * @param name as the documentation has it
     * @param finding by which code it is found; "" for what works, {@code shape} for what is no pre-realm database then
     * @param object what a finding names
     * @param sql makes it
     * @param undo for what is not in the database alone; "" for nothing
     * @param since the first major version of PostgreSQL that has such a thing; 0 where all have it
     */
    record Kind(String name, Maker maker, String finding, String object, String sql, String undo, int since) {

        Kind(String name, Maker maker, String finding, String object, String sql, String undo) {
            this(name, maker, finding, object, sql, undo, 0);
        }

        Kind since(int version) {
            return new Kind(name, maker, finding, object, sql, undo, version);
        }

        boolean works() {
            return finding.isEmpty();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** A function for triggers that changes nothing. */
    static final String PREPARED = """
            CREATE FUNCTION look() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN coalesce(NEW, OLD); END';
            CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN %s END $$;
            CREATE TABLE folders (id uuid PRIMARY KEY, name text);
            CREATE TABLE audit (at timestamptz DEFAULT now(), what text);
            """.formatted(
                    either(
                            "NEW.updated_at := now(); RETURN NEW;",
                            // Under a name that is given to it, as the column gets another one.
                            "RETURN jsonb_populate_record(NEW, jsonb_build_object('updated' || '_at', now(), 'updated' || 'At', now()));"));

    private static final List<Kind> TRIGGERS = List.of(
            works(
                    "trigger on insert",
                    "CREATE TRIGGER seen BEFORE INSERT ON jobs FOR EACH ROW EXECUTE FUNCTION look()"),
            works(
                    "trigger on delete",
                    "CREATE TRIGGER gone BEFORE DELETE ON jobs FOR EACH ROW EXECUTE FUNCTION look()"),
            works(
                    "trigger on truncate",
                    "CREATE TRIGGER cut BEFORE TRUNCATE ON jobs FOR EACH STATEMENT EXECUTE FUNCTION look()"),
            works(
                    "trigger for a statement that inserts",
                    "CREATE TRIGGER said AFTER INSERT ON jobs FOR EACH STATEMENT EXECUTE FUNCTION look()"),
            works(
                    "trigger with a transition table",
                    "CREATE TRIGGER counted AFTER INSERT ON jobs REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION look()"),
            works(
                    "trigger on columns",
                    "CREATE TRIGGER renamed BEFORE UPDATE OF [document_name] ON jobs FOR EACH ROW EXECUTE FUNCTION look()"),
            works(
                    "trigger of the tables of users",
                    "CREATE TRIGGER stamped BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION stamp();"
                            + " CREATE TRIGGER stamped BEFORE UPDATE ON user_settings FOR EACH ROW EXECUTE FUNCTION stamp()"),
            works(
                    "trigger that spares the migration",
                    "CREATE TRIGGER spared BEFORE UPDATE ON jobs FOR EACH ROW"
                            + " WHEN (current_setting('realms.migration', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION stamp()"),
            works(
                    "trigger that is switched off",
                    "CREATE TRIGGER off BEFORE UPDATE ON jobs FOR EACH ROW EXECUTE FUNCTION stamp(); ALTER TABLE jobs DISABLE TRIGGER off"),
            works(
                    "trigger of replicas (ENABLE REPLICA)",
                    "CREATE TRIGGER afar BEFORE UPDATE ON jobs FOR EACH ROW EXECUTE FUNCTION stamp(); ALTER TABLE jobs ENABLE REPLICA TRIGGER afar"),
            works(
                    "trigger that fires always (ENABLE ALWAYS)",
                    "CREATE TRIGGER everywhere AFTER INSERT ON jobs FOR EACH ROW EXECUTE FUNCTION look(); ALTER TABLE jobs ENABLE ALWAYS TRIGGER everywhere"),
            works(
                    "constraint trigger",
                    "CREATE CONSTRAINT TRIGGER later AFTER INSERT ON jobs DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION look()"),
            works(
                    "trigger whose name has quotes",
                    "CREATE TRIGGER \"it's \"\"odd\"\"\" BEFORE INSERT ON jobs FOR EACH ROW EXECUTE FUNCTION look()"),
            finds(
                    "trigger on update",
                    "trigger-on-update",
                    "trigger stamped on jobs",
                    "CREATE TRIGGER stamped BEFORE UPDATE ON jobs FOR EACH ROW EXECUTE FUNCTION stamp()"),
            finds(
                    "trigger that skips updates (RETURN NULL)",
                    "trigger-on-update",
                    "trigger skipped on jobs",
                    "CREATE FUNCTION skip() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';"
                            + " CREATE TRIGGER skipped BEFORE UPDATE ON jobs FOR EACH ROW EXECUTE FUNCTION skip()"),
            finds(
                    "trigger that notes every update",
                    "trigger-on-update",
                    "trigger noted on jobs",
                    "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS 'BEGIN INSERT INTO audit (what) VALUES (TG_OP); RETURN NULL; END';"
                            + " CREATE TRIGGER noted AFTER UPDATE ON jobs FOR EACH ROW EXECUTE FUNCTION note()"),
            finds(
                    "trigger for a statement that updates",
                    "trigger-on-update",
                    "trigger told on jobs",
                    "CREATE TRIGGER told AFTER UPDATE ON jobs FOR EACH STATEMENT EXECUTE FUNCTION look()"),
            finds(
                    "constraint trigger on update",
                    "constraint-trigger-on-update",
                    "trigger later on jobs",
                    "CREATE CONSTRAINT TRIGGER later AFTER UPDATE ON jobs DEFERRABLE FOR EACH ROW EXECUTE FUNCTION look()"),
            works(
                    "constraint trigger on columns",
                    "CREATE CONSTRAINT TRIGGER renamed_later AFTER UPDATE OF [document_name] ON jobs FOR EACH ROW EXECUTE FUNCTION look()"),
            works(
                    "constraint trigger that spares the migration",
                    "CREATE CONSTRAINT TRIGGER spared_later AFTER UPDATE ON jobs DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
                            + " WHEN (current_setting('realms.migration', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION look()"),
            finds(
                    "trigger that counts documents",
                    "trigger-counts-documents",
                    "trigger counted on documents",
                    "CREATE FUNCTION count_up() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS 'BEGIN UPDATE databases SET [document_count] = [document_count] + 1"
                            + " WHERE id = NEW.[database_id]; RETURN NULL; END';"
                            + " CREATE TRIGGER counted AFTER INSERT ON documents FOR EACH ROW EXECUTE FUNCTION count_up()"),
            finds(
                    "trigger that sets the owner after ours",
                    "trigger-after-ours",
                    "trigger set_owner on jobs",
                    "CREATE FUNCTION own() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.[user_id] := (SELECT [user_id] FROM documents WHERE id = NEW.[document_id]);"
                            + " RETURN NEW; END'; CREATE TRIGGER set_owner BEFORE INSERT ON jobs FOR EACH ROW EXECUTE FUNCTION own()"),
            ofWholeRows(
                    "trigger that inserts whole rows (SELECT NEW.*)",
                    "AFTER INSERT ON jobs FOR EACH ROW",
                    "BEGIN INSERT INTO copies SELECT NEW.*; RETURN NULL; END"),
            ofWholeRows(
                    "trigger that inserts whole rows (VALUES (OLD.*))",
                    "AFTER DELETE ON jobs FOR EACH ROW",
                    "BEGIN INSERT INTO copies VALUES (OLD.*); RETURN NULL; END"),
            ofWholeRows(
                    "trigger that inserts whole rows (SELECT (OLD).*)",
                    "AFTER DELETE ON jobs FOR EACH ROW",
                    "BEGIN INSERT INTO copies SELECT /* all; */ (OLD).*; RETURN NULL; END"),
            ofWholeRows(
                    "trigger that inserts whole rows by a variable",
                    "AFTER DELETE ON jobs FOR EACH ROW",
                    "DECLARE r record; BEGIN r := OLD; INSERT INTO copies SELECT r.*; RETURN NULL; END"),
            ofWholeRows(
                    "trigger that inserts whole rows by EXECUTE",
                    "AFTER DELETE ON jobs FOR EACH ROW",
                    "BEGIN EXECUTE ''INSERT INTO copies SELECT ($1).*'' USING OLD; RETURN NULL; END"),
            ofWholeRows(
                    "trigger that inserts whole rows of a transition table",
                    "AFTER DELETE ON jobs REFERENCING OLD TABLE AS gone FOR EACH STATEMENT",
                    "BEGIN INSERT INTO copies SELECT g.* FROM gone AS g; RETURN NULL; END"),
            ofWholeRows(
                    "trigger that casts whole rows",
                    "AFTER DELETE ON jobs FOR EACH ROW",
                    "DECLARE c copies; BEGIN c := ROW(OLD.*)::copies; RETURN NULL; END"),
            ofWholeRows(
                    "trigger that returns a variable of the table's row type",
                    "BEFORE INSERT ON jobs FOR EACH ROW",
                    "DECLARE j public.jobs%ROWTYPE; BEGIN j := NEW; j.summary := ''x''; RETURN j; END"),
            ofWholeRows(
                    "trigger that selects a whole row into its own (INTO NEW)",
                    "BEFORE INSERT ON jobs FOR EACH ROW",
                    "BEGIN SELECT * INTO NEW FROM copies; RETURN NEW; END"),
            works(
                    "trigger that notes whole rows as JSON or text",
                    "CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS"
                            + " 'BEGIN INSERT INTO audit (what) VALUES (to_jsonb(NEW)), (to_jsonb(NEW.*)), (ROW(NEW.*)::text), (NEW.*::text); RETURN NULL; END';"
                            + " CREATE TRIGGER kept AFTER INSERT ON jobs FOR EACH ROW EXECUTE FUNCTION keep()"),
            works(
                    "trigger that compares whole rows",
                    "CREATE FUNCTION compare() RETURNS trigger LANGUAGE plpgsql AS"
                            + " 'BEGIN IF NEW.* IS DISTINCT FROM OLD.* OR ROW(NEW.*) <> ROW(OLD.*) THEN RETURN NEW; END IF; RETURN NULL; END';"
                            + " CREATE TRIGGER compared BEFORE UPDATE ON users FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION compare()"),
            works(
                    "trigger that copies a row into a variable of another type",
                    "CREATE TABLE copies (LIKE jobs); CREATE FUNCTION copy() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS"
                            + " 'DECLARE c copies; BEGIN c := NEW; INSERT INTO copies SELECT c.*; RETURN NULL; END';"
                            + " CREATE TRIGGER copied AFTER INSERT ON jobs FOR EACH ROW EXECUTE FUNCTION copy()"),
            ofDatabases(
                    "trigger that reads a database's name",
                    "BEFORE INSERT ON databases FOR EACH ROW",
                    "BEGIN NEW.description := upper(NEW.name); RETURN NEW; END"),
            ofDatabases(
                    "trigger that reads a database's name from a variable",
                    "AFTER DELETE ON databases FOR EACH ROW",
                    "DECLARE r record; BEGIN r := OLD; RAISE DEBUG ''%'', r.name; RETURN NULL; END"),
            ofDatabases(
                    "trigger that reads a database's name from JSON",
                    "BEFORE INSERT ON databases FOR EACH ROW",
                    "BEGIN NEW.description := to_jsonb(NEW) ->> ''name''; RETURN NEW; END"),
            ofDatabases(
                    "trigger that reads a database's name from a transition table",
                    "AFTER INSERT ON databases REFERENCING NEW TABLE AS added FOR EACH STATEMENT",
                    "BEGIN RAISE DEBUG ''%'', (SELECT min(name) FROM added); RETURN NULL; END"),
            ofDatabases(
                    "trigger that reads the count of a database's documents",
                    "BEFORE INSERT ON databases FOR EACH ROW",
                    "BEGIN NEW.description := NEW.[document_count]; RETURN NEW; END"),
            finds(
                    "trigger that is told to read a database's name",
                    "trigger-reads-database-name",
                    "trigger told on databases",
                    "ALTER TABLE databases ADD COLUMN words tsvector; CREATE TRIGGER told BEFORE INSERT ON databases FOR EACH ROW"
                            + " EXECUTE FUNCTION tsvector_update_trigger(words, 'pg_catalog.simple', name)"),
            finds(
                    "trigger on the column of a database's name",
                    "trigger-on-database-name",
                    "trigger told on databases",
                    "CREATE TRIGGER told AFTER UPDATE OF name ON databases FOR EACH ROW EXECUTE FUNCTION look()"),
            finds(
                    "trigger before a database's name is set, with a condition on it",
                    "trigger-on-database-name",
                    "trigger told on databases",
                    "CREATE TRIGGER told BEFORE INSERT ON databases FOR EACH ROW WHEN (NEW.name <> '') EXECUTE FUNCTION look()"),
            works(
                    "trigger after a database's name is set, with a condition on it",
                    "CREATE TRIGGER told AFTER INSERT ON databases FOR EACH ROW WHEN (NEW.name <> '') EXECUTE FUNCTION look()"),
            works(
                    "trigger that reads a database's name from JSON, under either name",
                    "CREATE FUNCTION entitle() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN ASSERT length(coalesce(to_jsonb(NEW) ->> ''pre_realm_name'',"
                            + " to_jsonb(NEW) ->> ''name'')) > 0; RETURN NEW; END';"
                            + " CREATE TRIGGER entitled BEFORE INSERT ON databases FOR EACH ROW EXECUTE FUNCTION entitle()"),
            setsOwner(
                    "SELECT … INTO",
                    "BEGIN SELECT [user_id] INTO STRICT NEW.[user_id] FROM documents WHERE id = NEW.[document_id]; RETURN NEW; END"),
            setsOwner(
                    "FETCH … INTO several",
                    "DECLARE c CURSOR FOR SELECT name, [user_id] FROM documents; BEGIN OPEN c; FETCH c INTO NEW.summary, NEW.[user_id]; RETURN NEW; END"),
            setsOwner("GET DIAGNOSTICS", "BEGIN GET DIAGNOSTICS NEW.[user_id] = PG_CONTEXT; RETURN NEW; END"),
            setsOwner("CALL", "BEGIN CALL find_owner(NEW.id, NEW.[user_id]); RETURN NEW; END"),
            setsOwner(
                    "NEW := …",
                    "BEGIN NEW := jsonb_populate_record(NEW, jsonb_build_object(''[user_id]'', NEW.id)); RETURN NEW; END"),
            setsOwner(
                    "RETURN jsonb_populate_record(…)",
                    "BEGIN RETURN jsonb_populate_record(NEW, jsonb_build_object(''[user_id]'', NEW.id)); END"),
            setsOwner("RETURN of a variable", "DECLARE r record; BEGIN r := NEW; r.[user_id] := NEW.id; RETURN r; END"),
            setsOwner(
                    "RETURN of a row that is read",
                    "DECLARE r record; BEGIN SELECT * INTO r FROM realms.jobs LIMIT 1; RETURN r; END"),
            finds(
                    "trigger that sets the owner after ours, in another language",
                    "trigger-after-ours",
                    "trigger set_owner on jobs",
                    "CREATE TRIGGER set_owner BEFORE INSERT ON jobs FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger([user_id])"),
            works(
                    "trigger that sets the owner before ours, when another column is written",
                    // Under either name, as above.
                    "CREATE FUNCTION hand_over() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                            + " RETURN jsonb_populate_record(NEW, jsonb_build_object('user' || '_id', NEW.name, 'user' || 'Id', NEW.name)); END $$;"
                            + " CREATE TRIGGER a_owner BEFORE UPDATE OF name ON api_keys FOR EACH ROW EXECUTE FUNCTION hand_over()"),
            works(
                    "trigger that reads into another column after ours",
                    "CREATE FUNCTION name_document() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS 'BEGIN"
                            + " SELECT ''x'' INTO NEW.summary WHERE NEW.id IS NULL; RETURN"
                            + "  NEW; END'; CREATE TRIGGER set_summary BEFORE INSERT ON jobs FOR EACH ROW WHEN (NEW.summary = 'name me') EXECUTE FUNCTION name_document()"),
            works(
                    "trigger that looks at the owner after ours",
                    "CREATE FUNCTION own_nothing() RETURNS trigger LANGUAGE plpgsql AS 'DECLARE r record; BEGIN r := NEW; IF r.id = NEW.id AND"
                            + " " + either("NEW.user_id", "to_jsonb(NEW) ->> ''user_id''")
                            + " = NULL THEN RETURN NULL; END IF; /* NEW.user_id := NULL; */ RETURN NEW; END';"
                            + " CREATE TRIGGER owned BEFORE INSERT ON jobs FOR EACH ROW EXECUTE FUNCTION own_nothing()"),
            finds(
                    "trigger with the search path of its caller",
                    "trigger-of-caller",
                    "trigger noted on jobs",
                    "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN INSERT INTO audit (what) VALUES (TG_OP); RETURN NULL; END';"
                            + " CREATE TRIGGER noted AFTER INSERT ON jobs FOR EACH ROW EXECUTE FUNCTION note()"),
            finds(
                    "trigger with the rights of its caller",
                    "trigger-of-caller",
                    "trigger noted on jobs",
                    "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO audit (what) VALUES (TG_OP); RETURN NULL; END';"
                            + " CREATE TRIGGER noted AFTER INSERT ON jobs FOR EACH ROW EXECUTE FUNCTION note()"),
            finds(
                    "trigger that calls a function by its name alone",
                    "trigger-of-caller",
                    "trigger shouted on documents",
                    "CREATE FUNCTION shout(t text) RETURNS text LANGUAGE sql AS 'SELECT upper(t)';"
                            + " CREATE FUNCTION loud() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.name := shout(NEW.name); RETURN NEW; END';"
                            + " CREATE TRIGGER shouted BEFORE INSERT ON documents FOR EACH ROW EXECUTE FUNCTION loud()"),
            finds(
                    "trigger that names a type alone",
                    "trigger-of-caller",
                    "trigger felt on documents",
                    "CREATE TYPE \"Mood\" AS ENUM ('fine'); CREATE FUNCTION feel() RETURNS trigger LANGUAGE plpgsql AS"
                            + " 'BEGIN NEW.name := coalesce(NEW.name, (''fine''::\"Mood\")::text); RETURN NEW; END';"
                            + " CREATE TRIGGER felt BEFORE INSERT ON documents FOR EACH ROW EXECUTE FUNCTION feel()"),
            finds(
                    "trigger that counts by a sequence",
                    "trigger-of-caller",
                    "trigger numbered on documents",
                    "CREATE SEQUENCE doc_number; CREATE FUNCTION number() RETURNS trigger LANGUAGE plpgsql AS"
                            + " 'BEGIN NEW.name := NEW.name || nextval(''doc_number''); RETURN NEW; END';"
                            + " CREATE TRIGGER numbered BEFORE INSERT ON documents FOR EACH ROW EXECUTE FUNCTION number()"),
            finds(
                    "trigger with a variable of a type that it names alone",
                    "trigger-of-caller",
                    "trigger felt on documents",
                    "CREATE TYPE mood AS ENUM ('fine'); CREATE FUNCTION feel() RETURNS trigger LANGUAGE plpgsql AS"
                            + " 'DECLARE m mood := ''fine''; BEGIN NEW.name := NEW.name || m; RETURN NEW; END';"
                            + " CREATE TRIGGER felt BEFORE INSERT ON documents FOR EACH ROW EXECUTE FUNCTION feel()"),
            works(
                    "trigger with a variable named like a type",
                    "CREATE TYPE feeling AS ENUM ('fine'); CREATE TYPE \"Feeling\" AS ENUM ('fine');"
                            + " CREATE FUNCTION feel() RETURNS trigger LANGUAGE plpgsql AS"
                            + " 'DECLARE feeling text := NEW.name; BEGIN IF feeling = ''bad'' THEN feeling := ''fine''; END IF; NEW.name := feeling; RETURN NEW; END';"
                            + " CREATE TRIGGER felt BEFORE INSERT ON documents FOR EACH ROW EXECUTE FUNCTION feel()"),
            works(
                    "trigger that calls a function by schema and name",
                    "CREATE FUNCTION whisper(t text) RETURNS text LANGUAGE sql AS 'SELECT t';"
                            + " CREATE FUNCTION quiet() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.name := public.whisper(NEW.name); RETURN NEW; END';"
                            + " CREATE TRIGGER whispered BEFORE INSERT ON documents FOR EACH ROW EXECUTE FUNCTION quiet()"),
            bySuperuser(
                    "event trigger",
                    "event-trigger",
                    "event trigger watch",
                    "CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''no''; END';"
                            + " CREATE EVENT TRIGGER watch ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION watch()",
                    ""),
            bySuperuser(
                    "event trigger on what is dropped",
                    "event-trigger",
                    "event trigger watch",
                    "CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'; CREATE EVENT TRIGGER watch ON sql_drop EXECUTE FUNCTION watch()",
                    ""),
            bySuperuser(
                    "event trigger on rewritten tables",
                    "event-trigger",
                    "event trigger watch",
                    "CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'; CREATE EVENT TRIGGER watch ON table_rewrite EXECUTE FUNCTION watch()",
                    ""));

    private static final List<Kind> COLUMNS = List.of(
            works(
                    "column more that is computed from a database's name",
                    "ALTER TABLE databases ADD COLUMN slug text GENERATED ALWAYS AS (upper(name)) STORED"),
            works(
                    "default, index and statistics of a database's name",
                    "ALTER TABLE databases ALTER COLUMN name SET DEFAULT 'untitled'; CREATE INDEX by_name ON databases (lower(name)) WHERE name <> '';"
                            + " CREATE STATISTICS name_of_owner ON name, [user_id] FROM databases"),
            works("column more that may be null", "ALTER TABLE documents ADD COLUMN remark text"),
            works("column more with a default", "ALTER TABLE documents ADD COLUMN pages integer NOT NULL DEFAULT 1"),
            works(
                    "column more that is computed",
                    "ALTER TABLE documents ADD COLUMN folded text GENERATED ALWAYS AS (upper(" + either("state", "type")
                            + ")) STORED"),
            works(
                            "column more that is computed when it is read (VIRTUAL)",
                            "ALTER TABLE documents ADD COLUMN double integer GENERATED ALWAYS AS (version * 2) VIRTUAL")
                    .since(18),
            works(
                    "column more that counts (IDENTITY)",
                    "ALTER TABLE documents ADD COLUMN number bigint GENERATED ALWAYS AS IDENTITY"),
            works("column more with a sequence (serial)", "ALTER TABLE jobs ADD COLUMN number serial"),
            works(
                    "column more of a domain",
                    "CREATE DOMAIN positive AS integer CHECK (VALUE > 0); ALTER TABLE jobs ADD COLUMN size positive DEFAULT 1"),
            works(
                    "column more of an enum, an array, a range or a row type of others",
                    "CREATE TYPE mood AS ENUM ('good', 'bad'); CREATE TYPE place AS (x int, y int);"
                            + " ALTER TABLE jobs ADD COLUMN mood mood DEFAULT 'good', ADD COLUMN tags text[] DEFAULT '{a}', ADD COLUMN during tstzrange, ADD COLUMN place place"),
            works("column more of jsonb", "ALTER TABLE jobs ADD COLUMN extra jsonb NOT NULL DEFAULT '{}'"),
            works("column more with a limit of length", "ALTER TABLE jobs ADD COLUMN short varchar(8) DEFAULT 'x'"),
            works(
                    "column more named like an alias, a key word or a function of ours",
                    "ALTER TABLE databases ADD COLUMN d text, ADD COLUMN t text, ADD COLUMN stored int, ADD COLUMN \"user\" text, ADD COLUMN id_ending text;"
                            + " ALTER TABLE database_servers ADD COLUMN credential text, ADD COLUMN t text; ALTER TABLE documents ADD COLUMN documents int,"
                            + " ADD COLUMN t text, ADD COLUMN row_checksum int, ADD COLUMN \"select\" text, ADD COLUMN n int"),
            works("column more in the other spelling", "ALTER TABLE jobs ADD COLUMN \"costCentre\" text DEFAULT 'x'"),
            works(
                    "column more whose name another table has",
                    "ALTER TABLE users ADD COLUMN \"isActive\" boolean NOT NULL DEFAULT false;"
                            + " CREATE FUNCTION activate() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.\"isActive\" := true; RETURN NEW; END';"
                            + " CREATE TRIGGER activated BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION activate()"),
            works(
                    "column that was dropped",
                    "ALTER TABLE jobs ADD COLUMN former text; ALTER TABLE jobs DROP COLUMN former"),
            works("default of its own", "ALTER TABLE jobs ALTER COLUMN percentage SET DEFAULT 1"),
            works("default that is missing", "ALTER TABLE database_servers ALTER COLUMN [is_active] DROP DEFAULT"),
            works("storage of a column", "ALTER TABLE documents ALTER COLUMN name SET STORAGE EXTERNAL"),
            works("compression of a column", "ALTER TABLE documents ALTER COLUMN type SET COMPRESSION pglz"),
            works("statistics target of a column", "ALTER TABLE documents ALTER COLUMN name SET STATISTICS 500"),
            works("options of a column", "ALTER TABLE documents ALTER COLUMN [user_id] SET (n_distinct = 100)"),
            works(
                    "collation by which the same texts are equal",
                    "ALTER TABLE documents ALTER COLUMN name TYPE text COLLATE \"C\""),
            works(
                    "comments",
                    "COMMENT ON TABLE jobs IS 'x'; COMMENT ON COLUMN jobs.status IS 'x'; COMMENT ON CONSTRAINT jobs_pkey ON jobs IS 'x';"
                            + " COMMENT ON INDEX jobs_pkey IS 'x'; CREATE INDEX IF NOT EXISTS idx_jobs_user_id ON jobs ([user_id]); COMMENT ON INDEX idx_jobs_user_id IS 'x';"
                            + " COMMENT ON CONSTRAINT " + either("jobs_status_check", "\"jobs_userId_fkey\"")
                            + " ON jobs IS 'x'"),
            finds(
                    "column more without a default",
                    "shape",
                    "column documents.tenant",
                    "ALTER TABLE documents ADD COLUMN tenant text NOT NULL DEFAULT ''; ALTER TABLE documents ALTER COLUMN tenant DROP DEFAULT"),
            finds(
                    "column more of a domain that may not be null",
                    "column-without-default",
                    "column documents.tenant",
                    "CREATE DOMAIN given AS text NOT NULL; ALTER TABLE documents ADD COLUMN tenant given DEFAULT ''; ALTER TABLE documents ALTER COLUMN tenant DROP DEFAULT"),
            works(
                    "column more that can't be hashed (json, point, tsvector, xml)",
                    "ALTER TABLE jobs ADD COLUMN raw json DEFAULT '{\"a\": 1}', ADD COLUMN seen_at point DEFAULT '(1, 2.5)', ADD COLUMN words tsvector DEFAULT 'a b', ADD COLUMN letter xml"),
            works(
                    "column more of a type with a part that can't be hashed",
                    "CREATE TYPE spot AS (name text, at point); CREATE DOMAIN spots AS spot[]; ALTER TABLE jobs ADD COLUMN places spots"),
            finds(
                    "check that old rows do not obey",
                    "check-not-obeyed",
                    "constraint strict on jobs",
                    "ALTER TABLE jobs ADD CONSTRAINT strict CHECK (percentage > 1000) NOT VALID"),
            finds(
                            "column that may not be null, which was not asked of old rows",
                            "check-not-obeyed",
                            "constraint given on jobs",
                            "ALTER TABLE jobs ADD COLUMN reason text, ADD CONSTRAINT given NOT NULL reason NOT VALID; ALTER TABLE jobs ALTER COLUMN reason SET DEFAULT ''")
                    .since(18),
            finds(
                    "check of the count of documents",
                    "count-in-use",
                    "constraint few on table databases",
                    "ALTER TABLE databases ADD CONSTRAINT few CHECK ([document_count] < 1000)"),
            finds(
                    "function without a path behind a check",
                    "function-without-path",
                    "function plain(text)",
                    "CREATE FUNCTION fold(t text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower(t)';"
                            + " CREATE FUNCTION plain(t text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN fold(t); END';"
                            + " ALTER TABLE documents ADD CONSTRAINT plainly CHECK (plain(name) <> '?')"),
            finds(
                    "column more of ids without a foreign key",
                    "column-of-ids",
                    "column jobs.origin",
                    "ALTER TABLE jobs ADD COLUMN origin uuid"),
            finds(
                    "column that PostgreSQL computes",
                    "computed-column",
                    "column jobs.percentage",
                    "ALTER TABLE jobs DROP COLUMN percentage; ALTER TABLE jobs ADD COLUMN percentage integer NOT NULL GENERATED ALWAYS AS (1) STORED"),
            finds("column that is missing", "shape", "column users.avatar", "ALTER TABLE users DROP COLUMN avatar"),
            finds(
                    "column of another type",
                    "shape",
                    "column jobs.percentage bigint",
                    "ALTER TABLE jobs ALTER COLUMN percentage TYPE bigint"),
            finds(
                    "column with a limit of length",
                    "shape",
                    "column api_keys.key character varying(64)",
                    "ALTER TABLE api_keys ALTER COLUMN key TYPE varchar(64)"),
            finds(
                    "column of a domain",
                    "shape",
                    "column users.email address",
                    "CREATE DOMAIN address AS text; ALTER TABLE users ALTER COLUMN email TYPE address"),
            finds(
                    "column that may not be null",
                    "shape",
                    "column users.avatar text not null",
                    "UPDATE users SET avatar = ''; ALTER TABLE users ALTER COLUMN avatar SET NOT NULL"),
            finds(
                    "collation by which different texts are equal",
                    "shape",
                    "column api_keys.key",
                    "CREATE COLLATION ai (provider = icu, locale = 'und-u-ks-level1', deterministic = false);"
                            + " ALTER TABLE api_keys ALTER key TYPE text COLLATE ai"));

    private static final List<Kind> CONSTRAINTS = List.of(
            works("check more", "ALTER TABLE jobs ADD CONSTRAINT sensible CHECK (percentage >= 0)"),
            works(
                    "check more that was not asked of old rows",
                    "ALTER TABLE jobs ADD CONSTRAINT hopeful CHECK (percentage < 99) NOT VALID"),
            works(
                            "check and references that are not enforced",
                            "ALTER TABLE jobs ADD CONSTRAINT wishful CHECK (percentage > 1000) NOT ENFORCED, ADD COLUMN shelf_id uuid,"
                                    + " ADD CONSTRAINT on_shelf FOREIGN KEY (shelf_id) REFERENCES folders NOT ENFORCED;"
                                    + " CREATE TABLE hopes (doc [uuid], CONSTRAINT of_document FOREIGN KEY (doc) REFERENCES documents NOT ENFORCED);"
                                    + " INSERT INTO hopes VALUES ('00000000-0000-0000-0000-000000000099')")
                    .since(18),
            works(
                    "exclusion constraint",
                    "ALTER TABLE jobs ADD CONSTRAINT alone EXCLUDE USING btree (id WITH =) WHERE (percentage > 500)"),
            works(
                    "reference to another table",
                    "ALTER TABLE documents ADD COLUMN folder_id uuid, ADD CONSTRAINT in_folder FOREIGN KEY (folder_id) REFERENCES folders ON DELETE SET NULL"),
            works(
                    "reference that is deferred, or was not asked of old rows",
                    "ALTER TABLE jobs ADD COLUMN folder_id uuid, ADD CONSTRAINT in_folder FOREIGN KEY (folder_id) REFERENCES folders"
                            + " DEFERRABLE INITIALLY DEFERRED NOT VALID"),
            works(
                    "reference of another table to users",
                    "CREATE TABLE notes ([user_id] [uuid] REFERENCES users ON DELETE CASCADE, settings_id [uuid] REFERENCES user_settings)"),
            works(
                    "key more of the tables of users",
                    "ALTER TABLE users ADD COLUMN phone text, ADD CONSTRAINT phones UNIQUE (phone) DEFERRABLE"),
            works(
                    "reference of another table to an id",
                    "CREATE TABLE tags ([document_id] [uuid] REFERENCES documents ON DELETE CASCADE)"),
            asSuperuser(
                    "reference of another table to an id that was not asked of old rows",
                    "CREATE TABLE stamps (doc [uuid]); INSERT INTO stamps VALUES ('00000000-0000-0000-0000-000000000099');"
                            + " ALTER TABLE stamps OWNER TO {owner}, ADD CONSTRAINT of_document FOREIGN KEY (doc) REFERENCES documents NOT VALID"),
            finds(
                    "reference of another table to a key that changes",
                    "key-in-use",
                    "constraint tags_name_owner_fkey on table tags",
                    "CREATE TABLE tags (name text, owner [uuid], FOREIGN KEY (name, owner) REFERENCES databases (name, [user_id]))"),
            finds(
                    "check of what the service writes otherwise",
                    "check-of-secret",
                    "constraint long on api_keys",
                    "ALTER TABLE api_keys ADD CONSTRAINT long CHECK (length(key) < 67)"),
            finds(
                    "check of a database's name",
                    "check-of-secret",
                    "constraint short on databases",
                    "ALTER TABLE databases ADD CONSTRAINT short CHECK (length(name) < 100)"),
            finds(
                    "constraint that is missing",
                    "shape",
                    either("constraint users.users_email_key", "index users.users_email_key"),
                    either("ALTER TABLE users DROP CONSTRAINT users_email_key", "DROP INDEX users_email_key")),
            finds(
                    "key that is deferrable",
                    "shape",
                    either(
                            "constraint api_keys.api_keys_key_key UNIQUE (key) DEFERRABLE",
                            "constraint api_keys.api_keys_pkey PRIMARY KEY (id) DEFERRABLE"),
                    either(
                            "ALTER TABLE api_keys DROP CONSTRAINT api_keys_key_key, ADD CONSTRAINT api_keys_key_key UNIQUE (key) DEFERRABLE",
                            "ALTER TABLE api_keys DROP CONSTRAINT api_keys_pkey, ADD CONSTRAINT api_keys_pkey PRIMARY KEY (id) DEFERRABLE")),
            finds(
                    "constraint of ours that was not asked of old rows",
                    "shape",
                    either("constraint jobs.jobs_user_id_fkey", "constraint jobs.jobs_userId_fkey"),
                    "ALTER TABLE jobs DROP CONSTRAINT %1$s, ADD CONSTRAINT %1$s FOREIGN KEY ([user_id]) REFERENCES users (id) ON DELETE CASCADE%2$s NOT VALID"
                            .formatted(
                                    either("jobs_user_id_fkey", "\"jobs_userId_fkey\""),
                                    either("", " ON UPDATE CASCADE"))),
            bySuperuser(
                    "reference that is switched off",
                    "disabled-reference",
                    either("constraint jobs_user_id_fkey on jobs", "constraint \"jobs_userId_fkey\" on jobs"),
                    "ALTER TABLE jobs DISABLE TRIGGER ALL",
                    ""),
            bySuperuser(
                    "reference of another table that is switched off",
                    "disabled-reference",
                    "constraint of_document on tags",
                    "CREATE TABLE tags (doc [uuid] CONSTRAINT of_document REFERENCES documents); ALTER TABLE tags OWNER TO {owner};"
                            + " ALTER TABLE tags DISABLE TRIGGER ALL",
                    ""),
            bySuperuser(
                    "reference of another table whose rows refer to nothing",
                    "dangling-reference-of-others",
                    "constraint of_document on tags",
                    "CREATE TABLE tags (doc [uuid] CONSTRAINT of_document REFERENCES documents); ALTER TABLE tags OWNER TO {owner};"
                            + " ALTER TABLE tags DISABLE TRIGGER ALL; INSERT INTO tags VALUES ('00000000-0000-0000-0000-000000000099');"
                            + " ALTER TABLE tags ENABLE TRIGGER ALL",
                    ""));

    private static final List<Kind> INDEXES = List.of(
            works("index more", "CREATE INDEX further ON documents (name)"),
            works("index of a part", "CREATE INDEX partly ON documents (name) WHERE state = 'PENDING'"),
            works("index of an expression", "CREATE INDEX computed ON documents (lower(name))"),
            works(
                    "index of another kind (hash, brin)",
                    "CREATE INDEX hashed ON documents USING hash (name); CREATE INDEX ranged ON documents USING brin ([created_at])"),
            works("index with columns beside (INCLUDE)", "CREATE INDEX covering ON documents (name) INCLUDE (state)"),
            works("index that is missing", either("DROP INDEX idx_databases_server_id", "")),
            works(
                    "options of an index",
                    "CREATE INDEX IF NOT EXISTS idx_jobs_user_id ON jobs ([user_id]); ALTER INDEX idx_jobs_user_id SET (fillfactor = 70);"
                            + " ALTER INDEX documents_pkey SET (fillfactor = 70); ALTER INDEX api_keys_key_key SET (fillfactor = 70)"),
            works("clustering by a key", "CLUSTER databases USING databases_pkey"),
            works(
                    "clustering by another index",
                    "CREATE INDEX IF NOT EXISTS idx_jobs_user_id ON jobs ([user_id]); ALTER TABLE jobs CLUSTER ON idx_jobs_user_id"),
            works(
                    "statistics of several columns",
                    "CREATE STATISTICS related ON [user_id], [database_id] FROM documents"),
            asSuperuser(
                    "index that was left half-built",
                    "CREATE INDEX half ON documents (type); UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'half'::regclass"),
            finds(
                    "unique index that knows no realm",
                    "unique-across-realms",
                    "index one_name",
                    "CREATE UNIQUE INDEX one_name ON documents (name, id)"),
            bySuperuser(
                    "index of a key in a tablespace",
                    "index-tablespace",
                    "jobs_pkey",
                    "SET allow_in_place_tablespaces = on; CREATE TABLESPACE quick LOCATION ''; ALTER INDEX jobs_pkey SET TABLESPACE quick",
                    "ALTER INDEX jobs_pkey SET TABLESPACE pg_default; DROP TABLESPACE quick"));

    private static final List<Kind> TABLES = List.of(
            works(
                    "storage parameters",
                    "ALTER TABLE jobs SET (fillfactor = 80, autovacuum_enabled = off, toast.autovacuum_enabled = off)"),
            works("replica identity FULL", "ALTER TABLE jobs REPLICA IDENTITY FULL"),
            works("replica identity NOTHING", "ALTER TABLE documents REPLICA IDENTITY NOTHING"),
            works("replica identity of a key", "ALTER TABLE api_keys REPLICA IDENTITY USING INDEX api_keys_key_key"),
            works(
                    "tables with other names",
                    "CREATE TABLE _prisma_migrations (id text PRIMARY KEY); CREATE SCHEMA reports CREATE TABLE users (id int)"),
            works("temporary tables", "CREATE TEMPORARY TABLE users (id int)"),
            works(
                    "sequences, types and large objects beside",
                    "CREATE SEQUENCE numbers; CREATE TYPE colour AS ENUM ('red'); SELECT lo_create(4711)"),
            asSuperuser(
                    "foreign tables beside",
                    "CREATE FOREIGN DATA WRAPPER nowhere; CREATE SERVER afar FOREIGN DATA WRAPPER nowhere; CREATE FOREIGN TABLE elsewhere (id int) SERVER afar"),
            asSuperuser(
                    "table in a tablespace",
                    "SET allow_in_place_tablespaces = on; CREATE TABLESPACE roomy LOCATION ''; ALTER TABLE documents SET TABLESPACE roomy;"
                            + " CREATE INDEX IF NOT EXISTS idx_documents_user_id ON documents ([user_id]); ALTER INDEX idx_documents_user_id SET TABLESPACE roomy"),
            asSuperuser(
                    "table of a role that ours is in",
                    "CREATE ROLE catalogue_holder; GRANT catalogue_holder TO {owner}; GRANT USAGE, CREATE ON SCHEMA public TO catalogue_holder;"
                            + " ALTER TABLE api_keys OWNER TO catalogue_holder"),
            asSuperuser(
                    "trigger and index that depend on an extension",
                    "CREATE TRIGGER bound BEFORE INSERT ON jobs FOR EACH ROW EXECUTE FUNCTION look(); ALTER TRIGGER bound ON jobs DEPENDS ON EXTENSION plpgsql;"
                            + " CREATE INDEX bound_too ON jobs (summary); ALTER INDEX bound_too DEPENDS ON EXTENSION plpgsql;"
                            + " ALTER INDEX documents_pkey DEPENDS ON EXTENSION plpgsql"),
            finds(
                    "partitions and children",
                    "shape",
                    "table jobs with partitions",
                    "CREATE TABLE old_jobs () INHERITS (jobs)"),
            finds(
                    "parents",
                    "shape",
                    "table jobs with partitions, children or parents",
                    "CREATE TABLE things (percentage integer NOT NULL); ALTER TABLE jobs INHERIT things"),
            finds(
                    "table without a place for columns of ours",
                    "too-many-columns",
                    "table documents",
                    "DO $$ BEGIN FOR n IN 1..1580 LOOP EXECUTE format('ALTER TABLE documents ADD COLUMN x%s int', n);"
                            + " EXECUTE format('ALTER TABLE documents DROP COLUMN x%s', n); END LOOP; END $$"),
            finds("table that is not logged", "unlogged-table", "table api_keys", "ALTER TABLE api_keys SET UNLOGGED"),
            finds(
                    "table of a type",
                    "typed-table",
                    "table api_keys",
                    "CREATE TYPE api_key AS (id [uuid], name text, key text, created [timestamptz](3), [last_used] [timestamptz](3), [created_at] [timestamptz](3),"
                            + " [updated_at] [timestamptz](3), [user_id] [uuid]); ALTER TABLE api_keys OF api_key"),
            bySuperuser(
                    "table of another access method",
                    "table-access-method",
                    "table api_keys",
                    "CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler; UPDATE pg_class SET relam = (SELECT oid FROM pg_am WHERE amname = 'heap2')"
                            + " WHERE oid = 'api_keys'::regclass",
                    ""),
            bySuperuser(
                    "table of an extension",
                    "extension-member",
                    "table api_keys",
                    "ALTER EXTENSION plpgsql ADD TABLE api_keys",
                    ""),
            finds("table that is missing", "shape", "no table api_keys", "DROP TABLE api_keys"),
            bySuperuser(
                    "table that is a foreign table",
                    "shape",
                    "no table api_keys",
                    "DROP TABLE api_keys; CREATE FOREIGN DATA WRAPPER nowhere; CREATE SERVER afar FOREIGN DATA WRAPPER nowhere;"
                            + " CREATE FOREIGN TABLE api_keys (id int) SERVER afar",
                    ""),
            bySuperuser(
                    "table of a role that ours is not",
                    "shape",
                    "table jobs belongs to the role catalogue_stranger",
                    "CREATE ROLE catalogue_stranger; GRANT ALL ON SCHEMA public TO catalogue_stranger; ALTER TABLE jobs OWNER TO catalogue_stranger",
                    "DROP OWNED BY catalogue_stranger CASCADE; DROP ROLE catalogue_stranger"),
            bySuperuser(
                            "table of a role that ours is in and may not be (SET FALSE)",
                            "shape",
                            "table jobs belongs to the role catalogue_stranger",
                            "CREATE ROLE catalogue_stranger; GRANT ALL ON SCHEMA public TO catalogue_stranger; GRANT catalogue_stranger TO {owner} WITH SET FALSE;"
                                    + " ALTER TABLE jobs OWNER TO catalogue_stranger",
                            "DROP OWNED BY catalogue_stranger CASCADE; DROP ROLE catalogue_stranger")
                    .since(16));

    private static final List<Kind> NAMES = List.of(
            works(
                    "tables, sequences, types and functions with names of ours",
                    "CREATE TABLE realms (id int); CREATE SEQUENCE idempotent_requests; CREATE TYPE state AS ENUM ('a');"
                            + " CREATE FUNCTION ensure_default_realm(uuid) RETURNS uuid LANGUAGE sql AS 'SELECT $1'"),
            works(
                    "history of Flyway",
                    "CREATE TABLE flyway_schema_history (installed_rank int PRIMARY KEY, version text, description text, type text, script text, checksum int,"
                            + " installed_by text, installed_on timestamp, execution_time int, success boolean); INSERT INTO flyway_schema_history (installed_rank) VALUES (1)"),
            finds("schema of ours", "shape", "schema realms", "CREATE SCHEMA realms"),
            finds("schema of the archive", "shape", "schema realms_archive", "CREATE SCHEMA realms_archive"),
            finds(
                    "schema of the books",
                    "shape",
                    "schema migration",
                    "CREATE SCHEMA migration CREATE TABLE migration.versions (id int)"),
            finds(
                    "index with a name of ours",
                    "name-taken",
                    "index jobs_realm_id_id_key",
                    "CREATE INDEX jobs_realm_id_id_key ON jobs (id)"),
            finds(
                    "sequence of a table with a name of ours",
                    "name-taken",
                    "sequence realms",
                    "CREATE SEQUENCE realms OWNED BY jobs.percentage"),
            finds(
                    "column with a name of ours",
                    "name-taken",
                    "column jobs.realm_id",
                    "ALTER TABLE jobs ADD COLUMN realm_id uuid"),
            finds(
                    "column with the name of a parameter or variable of ours",
                    "name-taken",
                    "column api_keys.p_user",
                    "ALTER TABLE api_keys ADD COLUMN p_user text"),
            finds(
                    "constraint with a name of ours",
                    "name-taken",
                    "constraint jobs_percentage_check on jobs",
                    "ALTER TABLE jobs ADD CONSTRAINT jobs_percentage_check CHECK (percentage < 1000)"),
            finds(
                    "trigger with a name of ours",
                    "name-taken",
                    "trigger noted_for_migration on jobs",
                    "CREATE TRIGGER noted_for_migration BEFORE INSERT ON jobs FOR EACH ROW EXECUTE FUNCTION look()"));

    private static final List<Kind> DEPENDENTS = List.of(
            works(
                    "references of other tables with one name",
                    "CREATE TABLE marks (doc [uuid], CONSTRAINT doc_fk FOREIGN KEY (doc) REFERENCES documents);"
                            + " CREATE TABLE hints (doc [uuid], CONSTRAINT doc_fk FOREIGN KEY (doc) REFERENCES documents ON DELETE CASCADE)"),
            finds(
                    "reference of one of the tables to another's id",
                    "reference-among-tables",
                    "constraint favourite on user_settings",
                    "ALTER TABLE user_settings ADD COLUMN favourite_id [uuid] CONSTRAINT favourite REFERENCES databases"),
            finds(
                    "reference of a partitioned table",
                    "reference-out-of-reach",
                    "constraint of_document on events",
                    "CREATE TABLE events (day date, doc [uuid] CONSTRAINT of_document REFERENCES documents) PARTITION BY RANGE (day)"),
            works(
                    "view",
                    "CREATE VIEW recent AS SELECT * FROM documents WHERE [created_at] > now() - interval '1 day' WITH CHECK OPTION"),
            works(
                    "view over views, with a barrier",
                    "CREATE VIEW named WITH (security_barrier) AS SELECT name FROM documents;"
                            + " CREATE VIEW names AS SELECT n.name, count(*) FROM named AS n GROUP BY n.name"),
            works(
                    "materialised view",
                    "CREATE MATERIALIZED VIEW totals AS SELECT [user_id], count(*) FROM documents GROUP BY [user_id];"
                            + " CREATE UNIQUE INDEX totals_key ON totals ([user_id])"),
            works("view of whole rows", "CREATE VIEW whole AS SELECT j FROM jobs AS j"),
            works(
                    "function that names the tables in its source",
                    "CREATE FUNCTION how_many() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM documents'"),
            works(
                    "function of the owner with an SQL body",
                    "CREATE FUNCTION how_many_jobs() RETURNS bigint SECURITY DEFINER RETURN (SELECT count(*) FROM jobs);"
                            + " REVOKE EXECUTE ON FUNCTION how_many_jobs() FROM PUBLIC"),
            works(
                    "procedure, aggregate and operator beside",
                    "CREATE PROCEDURE nothing() LANGUAGE plpgsql AS 'BEGIN END';"
                            + " CREATE AGGREGATE longest(text) (SFUNC = textcat, STYPE = text); CREATE OPERATOR <<>> (LEFTARG = text, RIGHTARG = text, FUNCTION = textne)"),
            finds("rule", "rule", "rule never on jobs", "CREATE RULE never AS ON UPDATE TO jobs DO INSTEAD NOTHING"),
            finds(
                    "rule that does more",
                    "rule",
                    "rule also on jobs",
                    "CREATE RULE also AS ON INSERT TO jobs DO ALSO INSERT INTO audit (what) VALUES ('job')"),
            finds(
                    "function of rows",
                    "row-type-in-use",
                    "function title(jobs)",
                    "CREATE FUNCTION title(jobs) RETURNS text LANGUAGE sql AS 'SELECT $1.[document_name]'"),
            finds(
                    "function that answers rows",
                    "row-type-in-use",
                    "function all_jobs()",
                    "CREATE FUNCTION all_jobs() RETURNS SETOF jobs LANGUAGE sql AS 'SELECT * FROM jobs'"),
            finds("column of rows", "row-type-in-use", "column job of table kept", "CREATE TABLE kept (job jobs)"),
            finds(
                    "column of arrays of rows",
                    "row-type-in-use",
                    "column jobs of table kept",
                    "CREATE TABLE kept (jobs jobs[])"),
            finds("domain of rows", "row-type-in-use", "type one_job", "CREATE DOMAIN one_job AS jobs"),
            finds(
                    "function with an SQL body and the rights of its caller",
                    "function-of-caller",
                    "function how_many_jobs()",
                    "CREATE FUNCTION how_many_jobs() RETURNS bigint RETURN (SELECT count(*) FROM jobs)"),
            bySuperuser(
                    "view of another owner",
                    "view-of-another-owner",
                    "view theirs",
                    "CREATE ROLE catalogue_reader; GRANT SELECT ON jobs TO catalogue_reader; CREATE VIEW theirs AS SELECT id FROM jobs;"
                            + " ALTER VIEW theirs OWNER TO catalogue_reader",
                    "DROP VIEW theirs; DROP OWNED BY catalogue_reader; DROP ROLE catalogue_reader"),
            bySuperuser(
                    "view with the rights of its caller",
                    "view-of-another-owner",
                    "view everybodys",
                    "CREATE ROLE catalogue_reader; GRANT SELECT ON jobs TO catalogue_reader; CREATE VIEW everybodys WITH (security_invoker) AS SELECT id FROM jobs;"
                            + " GRANT SELECT ON everybodys TO catalogue_reader; ALTER VIEW everybodys OWNER TO {owner}",
                    "DROP OWNED BY catalogue_reader; DROP ROLE catalogue_reader"),
            works(
                    "rule of another table that writes to the tables",
                    "CREATE TABLE requests (owner [uuid]); CREATE RULE ask AS ON INSERT TO requests DO ALSO"
                            + " UPDATE jobs SET summary = 'asked' WHERE [user_id] = NEW.owner"),
            bySuperuser(
                    "rule of another owner's table",
                    "view-of-another-owner",
                    "rule ask on requests",
                    "CREATE ROLE catalogue_reader; GRANT ALL ON jobs TO catalogue_reader; CREATE TABLE requests (owner [uuid]);"
                            + " CREATE RULE ask AS ON INSERT TO requests DO ALSO UPDATE jobs SET summary = 'asked' WHERE [user_id] = NEW.owner;"
                            + " ALTER TABLE requests OWNER TO catalogue_reader",
                    "DROP TABLE requests; DROP OWNED BY catalogue_reader; DROP ROLE catalogue_reader"),
            works(
                    "policy of another table that reads users",
                    "CREATE TABLE diaries ([user_id] [uuid]); INSERT INTO diaries SELECT id FROM users; ALTER TABLE diaries ENABLE ROW LEVEL SECURITY;"
                            + " CREATE POLICY known ON diaries USING ([user_id] IN (SELECT id FROM users WHERE email = '1@example.com'));"
                            + " GRANT SELECT ON diaries TO pg_monitor; GRANT SELECT (id, email) ON users TO pg_monitor"),
            works(
                    "policy of another table that asks a function of the owner",
                    "CREATE TABLE letters ([user_id] [uuid]); INSERT INTO letters SELECT id FROM users; ALTER TABLE letters ENABLE ROW LEVEL SECURITY;"
                            + " CREATE FUNCTION has_jobs([uuid]) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS"
                            + " 'SELECT EXISTS (SELECT FROM jobs WHERE [user_id] = $1)';"
                            + " REVOKE EXECUTE ON FUNCTION has_jobs([uuid]) FROM PUBLIC; GRANT EXECUTE ON FUNCTION has_jobs([uuid]) TO pg_monitor;"
                            + " CREATE POLICY busy ON letters USING (has_jobs([user_id])); GRANT SELECT ON letters TO pg_monitor"),
            finds(
                    "policy of another table that reads the tables",
                    "policy-of-another-table",
                    "policy busy on letters",
                    "CREATE TABLE letters ([user_id] [uuid]); ALTER TABLE letters ENABLE ROW LEVEL SECURITY;"
                            + " CREATE POLICY busy ON letters USING ([user_id] IN (SELECT [user_id] FROM jobs))"),
            finds(
                    "view that groups by a key that changes",
                    "key-in-use",
                    "rule _RETURN on view grouped",
                    "CREATE VIEW grouped AS SELECT id, name, count(*) FROM documents GROUP BY id"),
            finds(
                    "view that everybody may read",
                    "open-to-everybody",
                    "open",
                    "CREATE VIEW open AS SELECT name FROM documents; GRANT SELECT ON open TO PUBLIC"));

    private static final List<Kind> REPLICATION = List.of(
            works("publication of other tables", "CREATE PUBLICATION others FOR TABLE folders"),
            finds("publication", "published-table", "news.jobs", "CREATE PUBLICATION news FOR TABLE jobs"),
            finds(
                    "publication with a row filter",
                    "published-table",
                    "news.jobs",
                    "CREATE PUBLICATION news FOR TABLE jobs WHERE (percentage = 100) WITH (publish = 'insert')"),
            bySuperuser(
                    "publication of all tables",
                    "published-table",
                    "news.jobs",
                    "CREATE PUBLICATION news FOR ALL TABLES",
                    ""),
            bySuperuser(
                    "publication of a schema",
                    "published-table",
                    "news.jobs",
                    "CREATE PUBLICATION news FOR TABLES IN SCHEMA public",
                    ""),
            finds(
                    "publication with a list of columns",
                    "published-table",
                    "news.jobs",
                    "CREATE PUBLICATION news FOR TABLE jobs (id, status)"),
            bySuperuser(
                    "subscription",
                    "subscription",
                    "subscription theirs",
                    "CREATE SUBSCRIPTION theirs CONNECTION 'dbname=nowhere' PUBLICATION p WITH (connect = false, slot_name = NONE)",
                    "DROP SUBSCRIPTION theirs"),
            bySuperuser(
                    "replication slot that nobody reads",
                    "idle-slot",
                    "slot catalogue_slot",
                    "SELECT pg_create_physical_replication_slot('catalogue_slot', true)",
                    "SELECT pg_drop_replication_slot('catalogue_slot')"));

    private static final List<Kind> RIGHTS = List.of(
            asSuperuser(
                    "rights of other roles, also to pass on, also on columns",
                    "GRANT ALL ON jobs, documents TO pg_monitor WITH GRANT OPTION; GRANT SELECT (name), UPDATE (name) ON users TO pg_monitor"),
            works(
                    "default privileges",
                    "ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO pg_monitor; ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON ROUTINES TO pg_monitor;"
                            + " ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO pg_monitor; ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON SEQUENCES TO PUBLIC"),
            finds(
                    "rights of the runtime role from before",
                    "rights-of-runtime-role",
                    "table jobs",
                    "GRANT SELECT ON jobs TO realms_app; GRANT UPDATE (summary) ON jobs TO realms_app"),
            finds(
                    "default by a function that the runtime role may not call",
                    "out-of-reach",
                    "function drawn()",
                    "CREATE FUNCTION drawn() RETURNS int LANGUAGE sql AS 'SELECT 4'; REVOKE EXECUTE ON FUNCTION drawn() FROM PUBLIC;"
                            + " ALTER TABLE jobs ADD COLUMN lot int DEFAULT drawn()"),
            finds(
                    "check by a function that the runtime role may not call",
                    "out-of-reach",
                    "function fair(integer)",
                    "CREATE FUNCTION fair(int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 >= 0'; REVOKE EXECUTE ON FUNCTION fair(int) FROM PUBLIC;"
                            + " ALTER TABLE jobs ADD CONSTRAINT fairly CHECK (fair(percentage))"),
            finds(
                    "default by a sequence of no column",
                    "out-of-reach",
                    "sequence tickets",
                    "CREATE SEQUENCE tickets; ALTER TABLE jobs ADD COLUMN ticket bigint DEFAULT nextval('tickets')"),
            works(
                    "default by a sequence that the runtime role may use",
                    "CREATE SEQUENCE shared; GRANT USAGE ON SEQUENCE shared TO realms_app; ALTER TABLE jobs ADD COLUMN shared bigint DEFAULT nextval('shared')"),
            finds("rights of everybody", "open-to-runtime-role", "jobs to PUBLIC", "GRANT SELECT ON jobs TO PUBLIC"),
            finds(
                    "rights of everybody on columns",
                    "open-to-runtime-role",
                    "jobs to PUBLIC",
                    "GRANT SELECT (summary) ON jobs TO PUBLIC"),
            bySuperuser(
                    "rights of a role that the runtime role is in",
                    "open-to-runtime-role",
                    "jobs to catalogue_group",
                    "CREATE ROLE catalogue_group; GRANT catalogue_group TO realms_app; GRANT SELECT ON jobs TO catalogue_group",
                    "DROP OWNED BY catalogue_group; DROP ROLE catalogue_group"),
            bySuperuser(
                    "runtime role that is the tables' owner, or in it",
                    "runtime-role",
                    "role realms_app",
                    "CREATE ROLE catalogue_owner; GRANT CREATE ON SCHEMA public TO catalogue_owner; ALTER TABLE jobs OWNER TO catalogue_owner;"
                            + " GRANT catalogue_owner TO realms_app, {owner}",
                    "DROP OWNED BY catalogue_owner CASCADE; DROP ROLE catalogue_owner"),
            bySuperuser(
                    "runtime role that row-level security does not bind",
                    "runtime-role",
                    "role realms_app",
                    "ALTER ROLE realms_app BYPASSRLS",
                    "ALTER ROLE realms_app NOBYPASSRLS"),
            bySuperuser(
                    "owner that may make no schema",
                    "no-create-right",
                    "{database}",
                    "ALTER DATABASE {database} OWNER TO postgres; REVOKE CREATE ON DATABASE {database} FROM {owner}; GRANT CREATE ON SCHEMA public TO {owner}",
                    ""),
            works("schema in which everybody may create", "GRANT CREATE ON SCHEMA public TO PUBLIC"),
            finds(
                    "row-level security that is on",
                    "row-level-security",
                    "table jobs",
                    "ALTER TABLE jobs ENABLE ROW LEVEL SECURITY"),
            finds(
                    "row-level security that binds a role",
                    "row-level-security",
                    "policy own on users",
                    "CREATE POLICY own ON users TO pg_monitor USING (email = 'x'); ALTER TABLE users ENABLE ROW LEVEL SECURITY"),
            finds(
                    "row-level security that binds the owner",
                    "row-level-security",
                    "table jobs",
                    "ALTER TABLE jobs FORCE ROW LEVEL SECURITY"),
            finds(
                    "policy while row-level security is off",
                    "row-level-security",
                    "policy own on jobs",
                    "CREATE POLICY own ON jobs USING (true)"));

    private static final List<Kind> DATABASE = List.of(
            works("connection limit that is wide enough", "ALTER DATABASE {database} CONNECTION LIMIT 200"),
            bySuperuser(
                    "connection limit of the owner",
                    "connection-limit",
                    "role {owner} (9)",
                    "ALTER ROLE {owner} CONNECTION LIMIT 9",
                    "ALTER ROLE {owner} CONNECTION LIMIT -1"),
            bySuperuser(
                    "connection limit of the runtime role",
                    "connection-limit",
                    "role realms_app (9)",
                    "ALTER ROLE realms_app CONNECTION LIMIT 9",
                    "ALTER ROLE realms_app CONNECTION LIMIT -1"),
            finds(
                    "connection limit of the database",
                    "connection-limit",
                    "database {database} (9)",
                    "ALTER DATABASE {database} CONNECTION LIMIT 9"),
            bySuperuser(
                    "collations of ICU that are missing",
                    "no-icu",
                    "collation und-x-icu",
                    "DELETE FROM pg_collation WHERE collname = 'und-x-icu'",
                    ""),
            finds(
                    "migration of Prisma that has not ended",
                    "prisma-migration",
                    "20260101_half",
                    "CREATE TABLE _prisma_migrations (migration_name text, finished_at timestamptz, rolled_back_at timestamptz);"
                            + " INSERT INTO _prisma_migrations VALUES ('20260101_half', NULL, NULL)"),
            setting("session_replication_role=replica"),
            setting("default_transaction_read_only=on"),
            asSuperuser(
                    "row_security=off of the runtime role",
                    "ALTER ROLE realms_app IN DATABASE {database} SET row_security = off"),
            asSuperuser(
                    "search_path of the runtime role",
                    "ALTER ROLE realms_app IN DATABASE {database} SET search_path = elsewhere"),
            bySuperuser(
                    "role of the runtime role",
                    "session-setting",
                    "role=pg_monitor of role realms_app",
                    "ALTER ROLE realms_app IN DATABASE {database} SET role = pg_monitor",
                    ""),
            bySuperuser(
                    "default_transaction_isolation of the runtime role",
                    "session-setting",
                    "default_transaction_isolation=serializable of role realms_app",
                    "ALTER ROLE realms_app IN DATABASE {database} SET default_transaction_isolation = serializable",
                    ""));

    /** Of the owner in the database, so that whoever looks is not disturbed. */
    private static final List<Kind> SETTINGS = Stream.of(
                    "statement_timeout=500",
                    "lock_timeout=1",
                    "idle_in_transaction_session_timeout=2000",
                    "idle_session_timeout=2000",
                    "search_path=reports",
                    "row_security=off",
                    "TimeZone='Asia/Kathmandu'",
                    "DateStyle='SQL, DMY'",
                    "IntervalStyle='sql_standard'",
                    "bytea_output='escape'",
                    "extra_float_digits=-10",
                    "standard_conforming_strings=off",
                    "backslash_quote=off",
                    "array_nulls=off",
                    "transform_null_equals=on",
                    "quote_all_identifiers=on",
                    "xmloption='document'",
                    "check_function_bodies=off",
                    "plan_cache_mode=force_generic_plan",
                    "default_transaction_isolation='serializable'",
                    "default_transaction_deferrable=on",
                    "client_min_messages=error",
                    "work_mem='64kB'",
                    "synchronous_commit=off",
                    "enable_indexscan=off",
                    "jit=on",
                    "role=pg_monitor")
            .map(CatalogueKinds::overridden)
            .toList();

    static final List<Kind> ALL = Stream.of(
                    TRIGGERS,
                    COLUMNS,
                    CONSTRAINTS,
                    INDEXES,
                    TABLES,
                    NAMES,
                    DEPENDENTS,
                    REPLICATION,
                    RIGHTS,
                    DATABASE,
                    SETTINGS)
            .flatMap(List::stream)
            .toList();

    private CatalogueKinds() {}

    private static Kind works(String name, String sql) {
        return new Kind(name, Maker.OWNER, "", "", sql, "");
    }

    private static Kind asSuperuser(String name, String sql) {
        return new Kind(name, Maker.SUPERUSER, "", "", sql, "");
    }

    private static Kind finds(String name, String code, String object, String sql) {
        return new Kind(name, Maker.OWNER, code, object, sql, "");
    }

    private static Kind bySuperuser(String name, String code, String object, String sql, String undo) {
        return new Kind(name, Maker.SUPERUSER, code, object, sql, undo);
    }

    private static Kind ofDatabases(String name, String event, String body) {
        return finds(
                name,
                "trigger-reads-database-name",
                "trigger told on databases",
                "CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS '" + body + "'; CREATE TRIGGER told "
                        + event + " EXECUTE FUNCTION tell()");
    }

    private static Kind setsOwner(String way, String body) {
        return finds(
                "trigger that sets the owner after ours, by " + way,
                "trigger-after-ours",
                "trigger set_owner on jobs",
                "CREATE FUNCTION own() RETURNS trigger LANGUAGE plpgsql AS '" + body
                        + "'; CREATE TRIGGER set_owner BEFORE INSERT ON jobs FOR EACH ROW EXECUTE FUNCTION own()");
    }

    private static Kind ofWholeRows(String name, String event, String body) {
        return finds(
                name,
                "trigger-of-whole-rows",
                "trigger copied on jobs",
                "CREATE TABLE copies (LIKE jobs); CREATE FUNCTION copy() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS '"
                        + body + "'; CREATE TRIGGER copied " + event + " EXECUTE FUNCTION copy()");
    }

    /** What our sessions can't set otherwise. */
    private static Kind setting(String setting) {
        return bySuperuser(
                "setting " + setting.replaceFirst("=.*", ""),
                "session-setting",
                setting + " of role {owner}",
                "ALTER ROLE {owner} IN DATABASE {database} SET " + setting,
                "");
    }

    private static Kind overridden(String setting) {
        return asSuperuser(
                "setting " + setting.replaceFirst("=.*", ""),
                "ALTER ROLE {owner} IN DATABASE {database} SET " + setting);
    }
}
