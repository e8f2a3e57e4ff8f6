/**
 * {@code /metrics}: what can be counted, in the text format of Prometheus, at the same address and under the same names on every
 * server.
 *
 * <p>Decisions:
 *
 * <ul>
 *   <li>Open like {@code /health}: there are times and names of tables in it, nothing of anybody's data, and not how much there is of it.
 *   <li>However often it is asked for, features ask the database once a second at most.
 *   <li>Features offer a {@code Collector} of Prometheus's client as a CDI bean, and are asked at each scrape; nothing is counted
 *       for nobody.
 *   <li>The servers' own metrics differ and stay where each has them: on WildFly's management port.
 * </ul>
 */
package dev.realms.ops.metrics;
