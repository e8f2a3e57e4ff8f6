/** Gives each row its owner's default realm: in portions by primary key, each in a transaction of its own, as fast as the database bears. */
package dev.realms.migration.move;
