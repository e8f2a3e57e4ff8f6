-- The runtime role loses its rights before it loses the policies that bind it.
CALL migration.take_rights_back(${appRole});
