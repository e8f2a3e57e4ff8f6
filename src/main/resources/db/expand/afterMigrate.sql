-- The runtime role owns nothing and gets by name what it needs: no TRUNCATE, no schema changes, no deleting of realms.
GRANT USAGE ON SCHEMA public TO "${appUser}";
GRANT SELECT, INSERT, UPDATE, DELETE ON users, user_settings, database_servers, databases, documents, jobs, api_keys, idempotent_requests
  TO "${appUser}";
GRANT SELECT, INSERT, UPDATE ON realms TO "${appUser}";
GRANT EXECUTE ON FUNCTION enter_user(uuid), open_realm(uuid, uuid), open_realm(uuid, uuid, text), enter_realm(uuid, uuid, text), find_api_key(text),
  open_realm_id(), open_user_id(), touch_api_key(uuid, uuid), realm_holds_rows(uuid), forget_idempotent_requests(),
  realm_name_key(text), api_key_hash(text) TO "${appUser}";
GRANT USAGE ON SCHEMA realms_doors TO "${appUser}";
GRANT EXECUTE ON FUNCTION realms_doors.email_key(text), realms_doors.find_user(uuid), realms_doors.find_person(text, text),
  realms_doors.bind_person(text, text, uuid), realms_doors.bind_by_email(text, text, text, boolean), realms_doors.has_realms(),
  realms_doors.admit_administrator(text, text, text, text) TO "${appUser}";
