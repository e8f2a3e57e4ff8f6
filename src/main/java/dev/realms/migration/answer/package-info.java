/**
 * What operators choose to do about rows that refer to another user's, and doing it.
 *
 * <p>Why: {@code docs/decisions/answers-in-a-ledger.md}.
 */
package dev.realms.migration.answer;
