/** Requests in numbers, for {@code /metrics}: by route, never by user or realm. */
package dev.realms.web.metrics;
