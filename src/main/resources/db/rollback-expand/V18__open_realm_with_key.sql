DROP FUNCTION IF EXISTS enter_realm(uuid, uuid, text);
DROP FUNCTION IF EXISTS open_realm(uuid, uuid, text);
