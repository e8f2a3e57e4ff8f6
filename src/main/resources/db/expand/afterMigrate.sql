-- The runtime role owns nothing and gets by name what it needs: no TRUNCATE, no schema changes, no deleting of realms.
GRANT USAGE ON SCHEMA public TO "${appUser}";
GRANT SELECT, INSERT, UPDATE, DELETE ON users, user_settings, database_servers, databases, documents, jobs, api_keys, idempotent_requests
  TO "${appUser}";
GRANT SELECT, INSERT, UPDATE ON realms TO "${appUser}";
REVOKE EXECUTE ON FUNCTION ensure_default_realm(uuid), has_rows_left(uuid), enter_user(uuid), open_realm(uuid, uuid),
  open_realm(uuid, uuid, text), find_api_key(text), touch_api_key(uuid, uuid), realm_holds_rows(uuid), forget_idempotent_requests() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION enter_user(uuid), open_realm(uuid, uuid), open_realm(uuid, uuid, text), find_api_key(text),
  touch_api_key(uuid, uuid), realm_holds_rows(uuid), forget_idempotent_requests() TO "${appUser}";
REVOKE EXECUTE ON FUNCTION realms_doors.find_account(text), realms_doors.has_realms() FROM PUBLIC;
GRANT USAGE ON SCHEMA realms_doors TO "${appUser}";
GRANT EXECUTE ON FUNCTION realms_doors.find_account(text), realms_doors.has_realms() TO "${appUser}";
