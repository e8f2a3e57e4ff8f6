/**
 * A typed client of the HTTP API, {@code realms-client.jar}: an interface for each resource, over the records that the service itself reads and
 * writes. Not part of the WAR. It knows records only, nothing that serves requests: {@code docs/decisions/client-for-java.md}.
 */
package dev.realms.client;
