CALL migration.take_over('jobs', ${appRole});
