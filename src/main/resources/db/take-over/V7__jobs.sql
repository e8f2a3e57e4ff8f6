CALL migration.take_over('jobs', '"${appUser}"'::regrole);
