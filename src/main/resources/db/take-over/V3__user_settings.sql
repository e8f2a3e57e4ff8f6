CALL migration.take_over('user_settings', '"${appUser}"'::regrole);
