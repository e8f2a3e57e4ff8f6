/** Requests as operators see them: in numbers, for {@code /metrics}, and line by line where they ask for it. By route, never by user or realm. */
package dev.realms.web.metrics;
