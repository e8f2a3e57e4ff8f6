-- New users get no realm any more.
DROP TRIGGER IF EXISTS users_default_realm ON users;
DROP TRIGGER IF EXISTS "Ids_take_realms" ON users;
DROP TRIGGER IF EXISTS noted_for_migration ON users;
DROP TRIGGER IF EXISTS truncation_noted_for_migration ON users;
DROP FUNCTION IF EXISTS migration.row_checksum(users);
