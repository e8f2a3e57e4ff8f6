/**
 * Who is at the other end of a proxy, and which path leads there. Headers are believed of {@code realms.http.trusted-proxies} alone. Hosts
 * and schemes are read from no header: no answer names one. Why: docs/decisions/paths-not-addresses.md.
 */
package dev.realms.web.forwarded;
