CALL migration.give_back('user_settings', '"${appUser}"'::regrole);
