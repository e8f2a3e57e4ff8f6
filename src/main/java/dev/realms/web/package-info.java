/**
 * HTTP as every resource speaks it: strict JSON records in, records out, pages, entity tags.
 *
 * <p>The servers bring different JSON bindings that differ in what they tolerate and in what they throw. So Jackson's core reads the
 * tokens of a request body, and {@code web.json} binds them to a record: one place that refuses unknown members, never coerces a type,
 * tells null from absent (merge patches, write-only secrets) and reports all faults of a body at once. Why: {@code
 * docs/decisions/json-by-jackson.md}.
 *
 * <p>What a caller sends is bounded here, after authentication and before anything is done: bodies in size and in the time they take,
 * without an encoding; texts without characters that break or deceive; queries that are what they seem. The servers bound what comes
 * before: the number and size of headers, the length of a URL. What all callers together may have the service hold is bounded, too:
 * large bodies by places, lists of a realm's rows by their text and by being written piece by piece. What is in the database already is
 * not held to rules that came later.
 */
package dev.realms.web;
