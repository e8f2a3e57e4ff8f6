-- After a rollback the realms wait in the archive. They are back before anything could make a user another default realm.
DO $$
BEGIN
  IF to_regclass('realms_archive.realms') IS NOT NULL THEN
    INSERT INTO realms (id, name, description, user_id, is_default, is_active, created_at, updated_at)
    SELECT id, name, description, user_id, is_default, is_active, created_at, updated_at FROM realms_archive.realms AS archived
    WHERE EXISTS (SELECT FROM users WHERE users.id = archived.user_id)
      AND NOT EXISTS (SELECT FROM realms WHERE realms.id = archived.id);
  END IF;
END $$;
