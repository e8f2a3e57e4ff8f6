CALL migration.give_back('jobs', ${appRole});
