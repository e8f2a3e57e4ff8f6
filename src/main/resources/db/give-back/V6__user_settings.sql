CALL migration.give_back('user_settings', ${appRole});
