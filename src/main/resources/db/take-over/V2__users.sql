CALL migration.take_over('users', ${appRole});

-- Whoever signs in is looked for where the users are now.
CREATE OR REPLACE FUNCTION realms_doors.users() RETURNS TABLE (id ${id}, email text, role text, created_at ${instant})
  LANGUAGE sql STABLE AS $$ SELECT u.id, u.email, u.role::text, u.created_at FROM realms.users AS u $$;
