CALL migration.take_over('user_settings', ${appRole});
