CALL migration.give_back('database_servers', '"${appUser}"'::regrole);
