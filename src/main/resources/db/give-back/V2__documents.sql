CALL migration.give_back('documents', ${appRole});
