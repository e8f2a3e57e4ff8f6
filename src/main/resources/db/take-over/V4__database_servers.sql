CALL migration.take_over('database_servers', ${appRole});
