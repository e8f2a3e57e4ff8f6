CALL migration.take_over('databases', '"${appUser}"'::regrole);
