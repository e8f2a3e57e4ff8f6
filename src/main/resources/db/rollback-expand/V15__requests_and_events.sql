-- Remembered answers are about realms; they would be forgotten within a day anyway. Their reference looks at users.
DROP TABLE IF EXISTS realms.idempotent_requests;
-- Events are in the archive. Their reference looks at realms.
DROP TABLE IF EXISTS realms.realm_events;
