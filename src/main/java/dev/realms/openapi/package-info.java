/**
 * Writes the description of the API, {@code META-INF/openapi.json} and {@code .yaml}, while the WAR is built. Not part of the WAR.
 *
 * <p>What the classes say is derived: paths, parameters, bodies and answers from the resources and records, bounds from their constraints,
 * problems from path, verb and parameters, rights from the table of access rules, sentences from the Javadoc. {@code src/main/openapi}
 * holds what no class says. Why: {@code docs/decisions/description-of-the-api.md}.
 */
package dev.realms.openapi;
