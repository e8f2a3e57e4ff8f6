CALL migration.take_over('api_keys', ${appRole});
