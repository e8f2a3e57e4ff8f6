-- What a rollback kept, so that a later start could bring it back.
DROP SCHEMA IF EXISTS realms_archive CASCADE;
