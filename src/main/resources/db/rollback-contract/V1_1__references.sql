-- Before the first of them goes.
DO $do$
BEGIN
  IF to_regprocedure('realms.let_references_follow()') IS NOT NULL THEN
    CREATE OR REPLACE FUNCTION realms.let_references_follow() RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$ BEGIN END $$;
  END IF;
END $do$;
