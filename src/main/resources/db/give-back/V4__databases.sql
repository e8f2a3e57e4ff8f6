CALL migration.give_back('databases', ${appRole});
