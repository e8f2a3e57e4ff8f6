-- What operators have set for the migration's pace, while it runs or before; what is not here is as the code has it. NULL: no such limit.
CREATE TABLE migration.limits (
  name   text NOT NULL,
  value  integer,
  CONSTRAINT limits_pkey PRIMARY KEY (name)
);
