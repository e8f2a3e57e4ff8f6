CALL migration.give_back('documents', '"${appUser}"'::regrole);
