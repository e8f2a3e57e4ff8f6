-- A row that the pre-realm application writes goes where the row lies that it refers to, and to its owner's default realm
-- only if it refers to none of its owner's rows.
CREATE FUNCTION realm_of_reference(p_table text, p_id uuid, p_user uuid) RETURNS uuid
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  -- By the user's realms, too, because the key starts with the realm from contract on.
  RETURN CASE p_table
    WHEN 'databases' THEN
      (SELECT realm_id FROM database_servers WHERE id = p_id AND realm_id IN (SELECT id FROM realms WHERE user_id = p_user))
    WHEN 'documents' THEN
      (SELECT realm_id FROM databases WHERE id = p_id AND realm_id IN (SELECT id FROM realms WHERE user_id = p_user))
    WHEN 'jobs' THEN
      (SELECT realm_id FROM documents WHERE id = p_id AND realm_id IN (SELECT id FROM realms WHERE user_id = p_user))
  END;
END $$;

CREATE FUNCTION follow_reference() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_reference uuid;
BEGIN
  IF TG_TABLE_NAME = 'databases' THEN
    v_reference := NEW.server_id;
  ELSIF TG_TABLE_NAME = 'documents' THEN
    v_reference := NEW.database_id;
  ELSE
    v_reference := NEW.document_id;
  END IF;
  NEW.realm_id := coalesce(realm_of_reference(TG_TABLE_NAME, v_reference, NEW.user_id), NEW.realm_id);
  RETURN NEW;
END $$;

CREATE FUNCTION take_rows_along() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_TABLE_NAME = 'databases' THEN
    WITH moved AS (
      UPDATE documents SET realm_id = NEW.realm_id
      WHERE database_id = NEW.id AND user_id = NEW.user_id AND realm_id IS DISTINCT FROM NEW.realm_id RETURNING id)
    UPDATE jobs SET realm_id = NEW.realm_id FROM moved
    WHERE document_id = moved.id AND user_id = NEW.user_id AND realm_id IS DISTINCT FROM NEW.realm_id;
  ELSE
    UPDATE jobs SET realm_id = NEW.realm_id
    WHERE document_id = NEW.id AND user_id = NEW.user_id AND realm_id IS DISTINCT FROM NEW.realm_id;
  END IF;
  RETURN NULL;
END $$;
