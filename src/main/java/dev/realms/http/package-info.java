/**
 * HTTP as every resource speaks it: strict JSON records in, records out, pages, entity tags.
 *
 * <p>The servers bring different JSON bindings that differ in what they tolerate and in what they throw. Request bodies are
 * therefore parsed with Jakarta JSON Processing and bound to records here: one place that refuses unknown members, never
 * coerces a type, tells null from absent (merge patches, write-only secrets) and reports all faults of a body at once.
 */
package dev.realms.http;
