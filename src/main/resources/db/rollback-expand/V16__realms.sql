-- The realms are in the archive. Their reference looks at users.
DROP TABLE IF EXISTS realms.realms;
