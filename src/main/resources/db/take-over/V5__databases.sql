CALL migration.take_over('databases', ${appRole});
