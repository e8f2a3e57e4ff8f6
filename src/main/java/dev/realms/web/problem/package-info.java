/**
 * Failures as callers meet them. A {@link dev.realms.web.problem.DomainException} carries a {@link dev.realms.web.problem.ProblemType};
 * broken constraints of the database are translated by name, so a rule is written once, in the schema, and still answers
 * with a sentence. Everything else is a 500 with an incident id.
 */
package dev.realms.web.problem;
