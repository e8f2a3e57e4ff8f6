-- After a rollback the realms wait in the archive. They are back before anything could make a user another default realm.
-- The key-share lock makes a user who is being deleted meanwhile wait, or be no part of it.
DO $$
BEGIN
  IF to_regclass('realms_archive.realms') IS NOT NULL THEN
    INSERT INTO realms (id, name, description, user_id, is_default, is_active, created_at, updated_at, content_kept_until)
    SELECT archived.id, archived.name, archived.description, archived.user_id, archived.is_default, archived.is_active, archived.created_at, archived.updated_at,
           archived.content_kept_until
    FROM realms_archive.realms AS archived JOIN users ON users.id = archived.user_id
    WHERE NOT EXISTS (SELECT FROM realms WHERE realms.id = archived.id)
    FOR KEY SHARE OF users;
  END IF;
END $$;
