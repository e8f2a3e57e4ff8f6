CALL migration.give_back('jobs', '"${appUser}"'::regrole);
