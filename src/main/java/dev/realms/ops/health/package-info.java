/**
 * Health, for probes of a platform: whether the application lives, is ready and has started. And {@code /metrics}: what can be counted, in
 * the text format of Prometheus, at the same address and under the same names on every server.
 *
 * <p>Both are open to everybody. So a check has a name and says nothing of the cause, which is in the log, but for the migration's state, by
 * which the commands go; and metrics hold times and names of tables, nothing of anybody's data, and not how much there is of it. The database
 * is asked once a second at most, however many ask.
 *
 * <p>Ready means that the database answers within two seconds through both pools and can be written, its schema is known and isolation is
 * guaranteed; it comes and goes with these. Both application servers run the checks; where WildFly does so on its management port only, its
 * configuration forwards the path.
 *
 * <p>Features offer a {@code MultiCollector} of Prometheus's client as a CDI bean, and are asked at each scrape. So nothing is counted
 * unless somebody asks. The servers' own metrics differ and stay where each has them: on WildFly's management port.
 */
package dev.realms.ops.health;
