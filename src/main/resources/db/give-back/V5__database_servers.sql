CALL migration.give_back('database_servers', ${appRole});
