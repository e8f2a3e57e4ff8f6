-- Called before a row goes to another realm: what refers to it, and what it belongs to, may follow until the transaction ends. From the contract
-- on there are such constraints, until a rollback takes them one after the other.
CREATE FUNCTION let_references_follow() RETURNS void LANGUAGE plpgsql SET search_path = realms, pg_temp AS $$
DECLARE
  v_constraint name;
BEGIN
  FOR v_constraint IN
    SELECT conname FROM pg_constraint
    WHERE connamespace = 'realms'::regnamespace AND condeferrable
      AND conname IN ('database_servers_realm_id_fkey', 'databases_realm_id_fkey', 'documents_realm_id_fkey', 'jobs_realm_id_fkey', 'api_keys_realm_id_fkey',
                      'databases_realm_id_server_id_fkey', 'documents_realm_id_database_id_fkey', 'jobs_realm_id_document_id_fkey')
  LOOP
    BEGIN
      EXECUTE format('SET CONSTRAINTS realms.%I DEFERRED', v_constraint);
    EXCEPTION WHEN undefined_object THEN
      CONTINUE;
    END;
  END LOOP;
END $$;

-- Where the rows of a user go. Until all users have realms it may be one that the migration is yet to make: transactions of the pre-realm
-- application that made it would wait for each other, and for the migration. From the contract on it has to be there.
CREATE FUNCTION default_realm_of(p_user ${id}) RETURNS uuid
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = realms, pg_temp AS $$
DECLARE
  v_realm uuid;
BEGIN
  SELECT id INTO v_realm FROM realms WHERE user_id = p_user AND is_default;
  IF FOUND THEN
    RETURN v_realm;
  ELSIF EXISTS (SELECT FROM realms WHERE id = first_realm_id(p_user))
        OR EXISTS (SELECT FROM pg_constraint WHERE connamespace = 'realms'::regnamespace AND conname = 'database_servers_realm_id_fkey') THEN
    RETURN ensure_default_realm(p_user);
  END IF;
  RETURN first_realm_id(p_user);
END $$;

-- A row written without a realm, as the pre-realm application writes it, goes where its owner's rows go; so does one that gets another owner.
-- Where its realm is the new owner's already, it is the owner who has another id.
-- It looks at every update: a trigger of the installation may set the owner while another column is written.
-- The key-share lock meets the update that deletes a realm, so neither can overtake the other. Who has opened a realm writes into an active one; the
-- pre-realm application goes on with what a deleted one holds.
CREATE FUNCTION put_row_into_realm() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = realms, pg_temp AS $$
BEGIN
  IF NEW.realm_id IS NULL
     OR (TG_OP = 'UPDATE' AND NEW.realm_id = OLD.realm_id AND NOT EXISTS (SELECT FROM realms WHERE id = NEW.realm_id AND user_id = NEW.user_id)) THEN
    NEW.realm_id := default_realm_of(NEW.user_id);
    IF TG_OP = 'UPDATE' THEN
      PERFORM let_references_follow();
    END IF;
  ELSE
    PERFORM FROM realms WHERE id = NEW.realm_id AND user_id = NEW.user_id
      AND (is_active OR is_kept AND coalesce(current_setting('app.realm_id', true), '') = '') FOR KEY SHARE;
    IF NOT FOUND AND NEW.realm_id <> default_realm_of(NEW.user_id) THEN
      RAISE EXCEPTION 'the row''s realm is not a realm of its user that may hold rows'
        USING ERRCODE = 'foreign_key_violation', CONSTRAINT = TG_TABLE_NAME || '_realm_id_fkey';
    END IF;
  END IF;
  RETURN NEW;
END $$;

-- A row that the pre-realm application writes goes where the row lies that it refers to, and to its owner's default realm
-- only if it refers to none of its owner's rows.
CREATE FUNCTION realm_of_reference(p_table text, p_id ${id}, p_user ${id}) RETURNS uuid
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = realms, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  -- By the user's realms, too, because the key starts with the realm from contract on.
  IF p_table = 'databases' THEN
    RETURN (SELECT realm_id FROM database_servers WHERE id = p_id AND realm_id IN (SELECT id FROM realms WHERE user_id = p_user));
  ELSIF p_table = 'documents' THEN
    RETURN (SELECT realm_id FROM databases WHERE id = p_id AND realm_id IN (SELECT id FROM realms WHERE user_id = p_user));
  END IF;
  RETURN (SELECT realm_id FROM documents WHERE id = p_id AND realm_id IN (SELECT id FROM realms WHERE user_id = p_user));
END $$;

CREATE FUNCTION follow_reference() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = realms, pg_temp AS $$
DECLARE
  v_reference ${id};
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
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = realms, pg_temp AS $$
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

-- Sealed credentials can be opened in their realm only, and no trigger has the key to seal them anew. The pre-realm application
-- gives such a server to another user only together with new credentials.
CREATE FUNCTION keep_sealed_credentials() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'the credentials of the server are sealed for its user'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'database_servers_sealed_credentials_check',
          HINT = 'Set password and api_key together with user_id.';
END $$;

-- What a list is sorted and searched by. It is a column, and no expression of an index: PostgreSQL does not trust lower and normalize to keep
-- what they see to themselves, so under row-level security no index would serve a condition on what they make.
CREATE FUNCTION keep_name_key() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = realms, pg_temp AS $$
BEGIN
  IF TG_TABLE_NAME = 'jobs' THEN
    NEW.name_key := name_key(NEW.document_name);
  ELSE
    NEW.name_key := name_key(NEW.name);
  END IF;
  RETURN NEW;
END $$;
