/**
 * What hangs on the pre-realm tables, or on the roles, the database and the schemas that we use, and would break, be cut off, be doubled or
 * lie: asked of PostgreSQL's catalogue alone, so that it can be asked before anything of ours is there.
 *
 * <p>A question finds objects by name. Whatever is found by one {@link dev.realms.migration.catalogue.CatalogueQuestion.Asked#BEFORE_EXPANSION
 * before the expansion} keeps the service from changing the database; all of them keep the migration from starting. Nothing of ours is a
 * finding. The kinds and their verdicts are a table in {@code docs/migration.md}.
 */
package dev.realms.migration.catalogue;
