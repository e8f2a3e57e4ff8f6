-- What hangs on a row that was handed to another user is found by that row.
CREATE INDEX ledger_row_id_idx ON migration.ledger (row_id);
