-- Databases that two realms had of one name before a rollback have it again: where nobody has renamed them since, and nobody has taken
-- the name.
DO $$
BEGIN
  IF to_regclass('realms_archive.names') IS NOT NULL THEN
    UPDATE databases AS d SET name = n.old_name FROM realms_archive.names AS n
    WHERE d.id = n.id AND d.name = n.new_name
      AND NOT EXISTS (SELECT FROM databases AS other WHERE other.realm_id = d.realm_id AND other.name = n.old_name);
    DELETE FROM realms_archive.names;
  END IF;
END $$;
