CALL migration.take_over('database_servers', '"${appUser}"'::regrole);
