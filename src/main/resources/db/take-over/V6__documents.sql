CALL migration.take_over('documents', ${appRole});
