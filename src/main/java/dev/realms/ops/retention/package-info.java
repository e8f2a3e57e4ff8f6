/** What is kept for a time only, and who drops it: the owner, on one node at a time. */
package dev.realms.ops.retention;
