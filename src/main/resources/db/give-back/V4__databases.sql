CALL migration.give_back('databases', '"${appUser}"'::regrole);
