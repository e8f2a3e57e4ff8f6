CALL migration.take_over('documents', '"${appUser}"'::regrole);
