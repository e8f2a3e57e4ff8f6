-- One person signs in under one e-mail address, however it is capitalised: by the rule of realms_doors.email_key, which is written out
-- here, because whoever writes a user evaluates it.
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS users_email_folded_key ON users ((
  translate(normalize(email, NFC), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')));
