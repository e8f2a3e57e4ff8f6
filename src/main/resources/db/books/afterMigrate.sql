-- What the runtime role needs in every state.
GRANT USAGE ON SCHEMA realms_doors TO ${appUser};
GRANT EXECUTE ON FUNCTION realms_doors.email_key(text), realms_doors.find_user(${id}), realms_doors.find_person(text, text),
  realms_doors.bind_person(text, text, ${id}), realms_doors.bind_by_email(text, text, text, boolean), realms_doors.has_realms(),
  realms_doors.admit_administrator(text, text, text, text) TO ${appUser};
