CALL migration.give_back('api_keys', ${appRole});
