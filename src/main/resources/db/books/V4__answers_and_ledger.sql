-- What the operator answered to the preflight's findings, kept even where it is the default.
CREATE TABLE migration.answers (
  finding  text NOT NULL,
  answer   text NOT NULL,
  CONSTRAINT answers_pkey PRIMARY KEY (finding),
  CONSTRAINT answers_answer_check CHECK (answer IN ('refuse', 'ignore', 'detach', 'reassign', 'suspend'))
);

-- Every change that came of an answer, so that a rollback can take it back. Ids only, no value of a row. A column that changed has its
-- old and its new value; a row that was made has neither. A name that was in use already has what was put behind it as its new value,
-- and no old one.
CREATE TABLE migration.ledger (
  id           bigint GENERATED ALWAYS AS IDENTITY,
  table_name   text NOT NULL,
  row_id       ${id} NOT NULL,
  act          text NOT NULL,
  column_name  text,
  old_value    text,
  new_value    text,
  finding      text NOT NULL,
  at           timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT ledger_pkey PRIMARY KEY (id),
  CONSTRAINT ledger_act_check CHECK (act IN ('detach', 'reassign', 'made')),
  CONSTRAINT ledger_column_name_check CHECK ((act = 'made') = (column_name IS NULL))
);
-- What hangs on a row that was handed to another user is found by that row.
CREATE INDEX ledger_row_id_idx ON migration.ledger (row_id);

-- Triggers of the installation's own that do not fire for the migration's statements: as they were, and as they are meanwhile.
CREATE TABLE migration.suspended_triggers (
  table_name    text NOT NULL,
  trigger_name  text NOT NULL,
  definition    text NOT NULL,
  suspended     text NOT NULL,
  CONSTRAINT suspended_triggers_pkey PRIMARY KEY (table_name, trigger_name)
);
