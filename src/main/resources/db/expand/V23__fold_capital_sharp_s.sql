-- Capital ẞ has no capital form to become SS by: it is made small first, so GROẞE and Große are the same name, too.
CREATE OR REPLACE FUNCTION realm_name_key(name text) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN normalize(lower(upper(lower(normalize(name, NFKC) COLLATE "und-x-icu"))), NFKC);
REINDEX INDEX realms_active_name_key;
