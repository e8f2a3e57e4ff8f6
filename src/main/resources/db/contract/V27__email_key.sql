-- One person signs in under one e-mail address, however it is capitalised.
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS users_lower_email_key ON users (lower(email));
