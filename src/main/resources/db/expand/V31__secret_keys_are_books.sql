-- Keys outlive a rollback: answers and credentials sealed by them may come back in a backup.
ALTER TABLE secret_keys SET SCHEMA migration;
