-- Where the tables are, of a database that was empty and of one that is taken over. Nobody but their owner makes anything here.
CREATE SCHEMA realms;
