-- The runtime role owns nothing and gets by name what it needs: no TRUNCATE, no schema changes, no deleting of realms.
GRANT USAGE ON SCHEMA realms TO ${appUser};
GRANT SELECT, INSERT, UPDATE, DELETE ON realms.users, realms.user_settings, realms.database_servers, realms.databases, realms.documents, realms.jobs, realms.api_keys, realms.idempotent_requests
  TO ${appUser};
GRANT SELECT, INSERT, UPDATE ON realms.realms TO ${appUser};
GRANT SELECT ON realms.realm_events TO ${appUser};
GRANT EXECUTE ON FUNCTION realms.enter_user(${id}), realms.open_realm(uuid, ${id}), realms.open_realm(uuid, ${id}, text), realms.enter_realm(uuid, ${id}, text), realms.find_api_key(text),
  realms.open_realm_id(), realms.open_user_id(), realms.touch_api_key(${id}, uuid, text), realms.note_denied_key(${id}, uuid, text, text), realms.realm_holds_rows(uuid), realms.forget_idempotent_requests(),
  realms.name_key(text), realms.api_key_hash(text), realms.move_rows(uuid, boolean, ${id}[], text[], text[], ${id}[], ${id}[], ${id}, boolean, boolean, boolean),
  realms.taken_ids(text, text[]), realms.note_transfer(text, jsonb, ${id}) TO ${appUser};

-- Whatever month it is by now.
CALL realms.make_event_months();

-- Columns of the installation's own that count by themselves.
SELECT migration.execute_all(ARRAY(
  SELECT format('GRANT USAGE ON SEQUENCE realms.%I TO %s', s.relname, ${appRole})
  FROM pg_class AS s JOIN pg_depend ON classid = 'pg_class'::regclass AND objid = s.oid AND deptype = 'a' AND refclassid = 'pg_class'::regclass
    JOIN pg_class AS t ON t.oid = refobjid
  WHERE s.relkind = 'S' AND t.relnamespace = 'realms'::regnamespace));
