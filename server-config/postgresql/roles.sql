-- What an administrator runs once, before the first start of Realms, when the schema owner may not create roles itself:
--
--   psql -d postgres -v owner_password="$OWNER_PASSWORD" -v app_password="$APP_PASSWORD" -f roles.sql
--
-- psql asks for a password that is needed and was not given. Other variables, with their defaults: owner (realms_owner),
-- app (realms_app), database (realms). An existing installation has a database and an owner of its tables already: name them
-- with -v database=… -v owner=…. Give Realms the same names as realms.db.url, realms.db.owner.user and realms.db.app.user.
--
-- The administrator is a superuser, or a role with CREATEROLE and CREATEDB. Running it again changes nothing: roles that exist
-- keep their passwords, and a database that exists keeps its privileges, because the pre-realm application may rely on them.

\set ON_ERROR_STOP on
\if :{?owner}
\else
  \set owner realms_owner
\endif
\if :{?app}
\else
  \set app realms_app
\endif
\if :{?database}
\else
  \set database realms
\endif

SELECT NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'owner') AS no_owner,
       NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'app') AS no_app,
       NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') AS no_database,
       NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS no_superuser \gset

-- A server that logs its statements must not log passwords. Only a superuser may decide that.
\if :no_superuser
\else
  SET log_statement = 'none';
  SET log_min_duration_statement = -1;
\endif

-- The schema owner: Flyway, the migration and its verification. Row-level security does not bind the owner of a table, which
-- is what lets it move rows into their realms.
\if :no_owner
  \if :{?owner_password}
  \else
    \prompt 'New password of the schema owner: ' owner_password
  \endif
  CREATE ROLE :"owner" LOGIN PASSWORD :'owner_password';
\endif

-- To see how far replicas are behind, and who holds an old snapshot, it reads all statistics. Without that it slows down for the rest
-- of its limits only. Who may not grant it leaves it to an administrator.
SELECT rolsuper OR current_setting('server_version_num')::integer < 160000
       OR pg_has_role(current_user, 'pg_read_all_stats', 'MEMBER WITH ADMIN OPTION') AS may_grant_stats
FROM pg_roles WHERE rolname = current_user \gset
\if :may_grant_stats
  GRANT pg_read_all_stats TO :"owner";
\else
  \echo 'Not granted to the schema owner: pg_read_all_stats. Its migration cannot see how far replicas are behind.'
\endif

-- The runtime role: serves requests, owns nothing, is bound by row-level security. The owner grants it what it needs, table by
-- table, when it makes the schema.
\if :no_app
  \if :{?app_password}
  \else
    \prompt 'New password of the runtime role: ' app_password
  \endif
  CREATE ROLE :"app" LOGIN NOINHERIT PASSWORD :'app_password';
\endif

-- From PostgreSQL 16 on, having created a role does not allow to act for it.
\if :no_superuser
  GRANT :"owner" TO CURRENT_USER;
\endif

\if :no_database
  CREATE DATABASE :"database" OWNER :"owner" ENCODING 'UTF8' TEMPLATE template0;
  -- Nobody else, not even to look at the names of tables.
  REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
  \connect :"database"
  SET ROLE :"owner";
  REVOKE ALL ON SCHEMA public FROM PUBLIC;
  RESET ROLE;
\else
  \connect :"database"
\endif

SET ROLE :"owner";
GRANT CONNECT ON DATABASE :"database" TO :"app";
