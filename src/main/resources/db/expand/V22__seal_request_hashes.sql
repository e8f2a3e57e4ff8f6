-- The hash of a request is sealed from here on, so that it outlives a change of the master key. Those that were keyed with the
-- master can't be compared any more.
DELETE FROM idempotent_requests;
