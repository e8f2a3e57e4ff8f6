DROP FUNCTION IF EXISTS open_realm(uuid, uuid, text);
