/**
 * What is asked of the data before and after the migration; nothing here changes a row of the product.
 *
 * <p>Why: {@code docs/decisions/verification-by-changes.md}.
 */
package dev.realms.migration.check;
