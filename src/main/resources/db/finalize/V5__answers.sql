-- Nobody can go back any more, so nothing has to be taken back.
DROP TABLE migration.ledger;
DROP TABLE migration.answers;
DROP TABLE migration.suspended_triggers;
