-- Of a database that was never contracted, too. What the application changes from here on is not told apart any more.
CALL migration.take_rights_back(${appRole});
DELETE FROM migration.baseline;
