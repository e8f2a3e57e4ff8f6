-- What hung on keys of these names: comments, storage parameters, clustering, replica identities.
-- Of the tables database_servers, databases, documents, jobs, api_keys.
CALL migration.bring_back('key');
