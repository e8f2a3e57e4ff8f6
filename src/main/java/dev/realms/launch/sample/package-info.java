/**
 * Invented users and their data in the pre-realm shape, to try the product and its migration on.
 *
 * <p>Reproducible: the same number of users gives the same rows, ids included. Skewed as real installations are: most users
 * have a handful of documents, the first one about a sixth of all. Consistent: every reference stays within one user, every
 * count and state agrees with the rows it speaks of.
 */
package dev.realms.launch.sample;
