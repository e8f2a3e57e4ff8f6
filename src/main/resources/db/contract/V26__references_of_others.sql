-- What the installation's other tables refer to is there under the id alone, until the finalization and after it. Asks every old row.
CALL migration.validate_references('reference of others', p_strict => true);
