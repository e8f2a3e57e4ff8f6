-- Remembered answers are about realms; they would be forgotten within a day anyway. The reference looks at users.
DROP TABLE IF EXISTS realms.idempotent_requests;
