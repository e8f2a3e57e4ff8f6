-- Findings that do not get in the way can be made to, and what was chosen is kept even where it is the default.
ALTER TABLE migration.answers DROP CONSTRAINT answers_answer_check;
ALTER TABLE migration.answers ADD CONSTRAINT answers_answer_check CHECK (answer IN ('refuse', 'ignore', 'detach', 'reassign'));
