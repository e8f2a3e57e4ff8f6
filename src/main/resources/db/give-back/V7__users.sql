CALL migration.give_back('users', ${appRole});

-- Whoever leads on signs in as one of the users of the pre-realm table.
DO $do$
BEGIN
  EXECUTE format('CREATE OR REPLACE FUNCTION realms_doors.users() RETURNS TABLE (id ${id}, email text, role text, created_at ${instant})
                  LANGUAGE sql STABLE AS %L',
                 format('SELECT u.id, u.email, u.role::text, u.%I FROM %I.users AS u', migration.old_name('created_at'),
                        (SELECT schema_name FROM migration.origin)));
END $do$;
