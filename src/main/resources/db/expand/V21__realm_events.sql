-- What happened in a realm and to it: who, what, when. Only functions of the owner's write it, in the transaction of the act, and nobody changes
-- it. The actor is the owner of the realm, or one of its API keys. A partition holds a month, and is dropped as a whole when it is old.
CREATE TABLE realm_events (
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  realm_id    uuid NOT NULL,
  user_id     ${id} NOT NULL,
  created_at  timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  kind        text NOT NULL,
  api_key     text,
  prefix      text,
  details     jsonb NOT NULL,
  CONSTRAINT realm_events_pkey PRIMARY KEY (realm_id, created_at, id),
  CONSTRAINT realm_events_kind_check CHECK (kind IN (
    'realm-made', 'realm-renamed', 'realm-deleted', 'realm-restored', 'default-gained', 'default-lost',
    'key-made', 'key-rotated', 'key-revoked', 'key-deleted', 'key-used-from-new-network', 'key-denied', 'rows-moved-in', 'rows-moved-out', 'rows-exported', 'rows-imported')),
  CONSTRAINT realm_events_realm_id_fkey FOREIGN KEY (realm_id, user_id) REFERENCES realms (id, user_id) ON DELETE CASCADE ON UPDATE CASCADE
) PARTITION BY RANGE (created_at);
CREATE POLICY realm_events_of_open_realm ON realm_events USING (realm_id = (SELECT open_realm_id()));
ALTER TABLE realm_events ENABLE ROW LEVEL SECURITY;

-- The months from p_from to half a year ahead: for so long nobody has to make any. Nobody but the owner has a right on a partition: row-level security stands on the whole. It is
-- attached, and not made as a partition, which would have everybody wait. As realms are locked for a moment, it waits for nobody for long, and
-- one makes them at a time: a start, or the node whose hour it is.
CREATE PROCEDURE make_event_months(p_from timestamptz DEFAULT now() - interval '1 day')
  LANGUAGE plpgsql SET search_path = realms, pg_temp SET timezone = 'UTC' SET lock_timeout = '200ms' AS $$
DECLARE
  v_month timestamptz;
  v_name  text;
BEGIN
  PERFORM pg_advisory_xact_lock(x'6576656e7473'::bigint);
  FOR v_month IN SELECT generate_series(date_trunc('month', p_from), date_trunc('month', now()) + interval '6 months', interval '1 month') LOOP
    v_name := to_char(v_month, '"realm_events_"YYYY_MM');
    CONTINUE WHEN EXISTS (SELECT FROM pg_inherits WHERE inhparent = 'realm_events'::regclass AND inhrelid = to_regclass(v_name));
    EXECUTE format('CREATE TABLE realms.%I (LIKE realm_events INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES)', v_name);
    CALL migration.close_to_others(v_name::regclass);
    EXECUTE format('ALTER TABLE realm_events ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', v_name, v_month, v_month + interval '1 month');
  END LOOP;
END $$;

-- The months that ended more than this number of days ago. Whoever reads or writes realms waits for it meanwhile.
CREATE PROCEDURE drop_event_months(p_days int)
  LANGUAGE plpgsql SET search_path = realms, pg_temp SET timezone = 'UTC' SET lock_timeout = '200ms' AS $$
DECLARE
  v_old text[] := ARRAY(
    SELECT relname FROM pg_inherits JOIN pg_class ON oid = inhrelid
    WHERE inhparent = 'realm_events'::regclass
      AND to_date(right(relname, 7), 'YYYY_MM') + interval '1 month' <= now() - make_interval(days => p_days) ORDER BY 1);
  v_name text;
BEGIN
  IF v_old = '{}' THEN
    RETURN;
  END IF;
  LOCK TABLE realms, realm_events IN ACCESS EXCLUSIVE MODE;
  FOREACH v_name IN ARRAY v_old LOOP
    EXECUTE format('DROP TABLE realms.%I', v_name);
  END LOOP;
END $$;
CALL make_event_months();

-- Writes an event of a realm that is there; p_key is the API key that acted. Its id grows with time, to a microsecond (UUID version 7, RFC 9562, 6.2):
-- events of one millisecond are listed as they happened. Where the month is missing, since no node has made it for half a year
-- or a clock is wrong, the act goes on without its event.
CREATE FUNCTION note_event(p_realm uuid, p_kind text, p_details jsonb, p_key text DEFAULT NULL, p_prefix text DEFAULT NULL) RETURNS void
  LANGUAGE plpgsql SET search_path = realms, pg_temp AS $$
DECLARE
  v_constraint   text;
  v_now          timestamptz := clock_timestamp();
  v_microseconds bigint := extract(epoch FROM v_now) * 1000000;
  v_time         bytea := substr(int8send(v_microseconds / 1000), 3) || substr(int8send(x'7000'::int + v_microseconds % 1000), 7);
BEGIN
  INSERT INTO realm_events (id, realm_id, user_id, created_at, kind, details, api_key, prefix)
  SELECT encode(overlay(uuid_send(gen_random_uuid()) PLACING v_time FROM 1), 'hex')::uuid, id, user_id, v_now, p_kind, p_details, p_key, p_prefix
  FROM realms WHERE id = p_realm;
EXCEPTION WHEN check_violation THEN
  GET STACKED DIAGNOSTICS v_constraint = CONSTRAINT_NAME;
  IF v_constraint <> '' THEN
    RAISE;
  END IF;
  RAISE WARNING 'An event of the kind % is not kept: realm_events has no partition for %', p_kind, now();
END $$;

CREATE FUNCTION note_realm_event() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = realms, pg_temp SET timezone = 'UTC' AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM note_event(NEW.id, 'realm-made', jsonb_build_object('name', NEW.name));
    RETURN NULL;
  END IF;
  IF NEW.name <> OLD.name THEN
    PERFORM note_event(NEW.id, 'realm-renamed', jsonb_build_object('name', NEW.name, 'previousName', OLD.name));
  END IF;
  IF NEW.is_default <> OLD.is_default THEN
    PERFORM note_event(NEW.id, CASE WHEN NEW.is_default THEN 'default-gained' ELSE 'default-lost' END, jsonb_build_object('name', NEW.name));
  END IF;
  IF NEW.is_active <> OLD.is_active THEN
    PERFORM note_event(NEW.id, CASE WHEN NEW.is_active THEN 'realm-restored' ELSE 'realm-deleted' END,
      jsonb_strip_nulls(jsonb_build_object('name', NEW.name, 'contentKeptUntil', NEW.content_kept_until)));
  END IF;
  RETURN NULL;
END $$;
-- What the migration and the pre-realm application do is no act of anybody in a realm.
CREATE TRIGGER realms_noted AFTER INSERT OR UPDATE OF name, is_default, is_active ON realms
  FOR EACH ROW WHEN (coalesce(current_setting('app.user_id', true), '') <> '') EXECUTE FUNCTION note_realm_event();

-- After a rollback the events wait in the archive.
DO $$
DECLARE
  v_first timestamptz;
BEGIN
  IF to_regclass('realms_archive.realm_events') IS NOT NULL THEN
    SELECT coalesce(min(created_at), now()) INTO v_first FROM realms_archive.realm_events;
    CALL make_event_months(v_first);
    INSERT INTO realm_events (id, realm_id, user_id, created_at, kind, api_key, prefix, details)
    SELECT a.id, a.realm_id, r.user_id, a.created_at, a.kind, a.api_key, a.prefix, a.details
    FROM realms_archive.realm_events AS a JOIN realms AS r ON r.id = a.realm_id;
  END IF;
END $$;
