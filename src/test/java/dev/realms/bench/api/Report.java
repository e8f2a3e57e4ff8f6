package dev.realms.bench.api;

import dev.realms.bench.api.Cell.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The figures as a Markdown table and as a chart. */
final class Report {

    private static final int CONNECTIONS = 16;
    private static final int ROW = 93;

    private final List<Cell> cells;

    Report(List<Cell> cells) {
        this.cells = cells;
    }

    String table() {
        List<String> lines = new ArrayList<>(List.of(
                "| | connections | Realms, /s | bare JAX-RS, /s | bare JDBC, /s | Node and pg, /s | of JAX-RS | of JDBC | of Node | p50, ms | p99, ms |",
                "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"));
        for (Cell cell : cells) {
            lines.add(format(
                    "| %s | %d | %,.0f | %,.0f | %,.0f | %s | %.2f | %.2f%s | %s | %.1f | %.1f%s |",
                    cell.kind().title,
                    cell.connections(),
                    cell.perSecond(Way.SERVICE),
                    cell.perSecond(Way.RESOURCE),
                    cell.perSecond(Way.DATABASE),
                    cell.has(Way.PEER) ? format("%,.0f", cell.perSecond(Way.PEER)) : "",
                    cell.ratioTo(Way.RESOURCE),
                    cell.ratioTo(Way.DATABASE),
                    goal(cell, cell.kind().goal),
                    cell.has(Way.PEER)
                            ? format("%.2f%s", cell.ratioTo(Way.PEER), goal(cell, cell.kind().goalOfPeer))
                            : "",
                    cell.median(Way.SERVICE),
                    cell.p99(Way.SERVICE),
                    slowest(cell)));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String goal(Cell cell, double goal) {
        return goal == 0 || cell.connections() != CONNECTIONS ? "" : format(" (goal %.2f)", goal);
    }

    private static String slowest(Cell cell) {
        return cell.kind().slowest == 0 || cell.connections() != 64 ? "" : format(" (goal %.0f)", cell.kind().slowest);
    }

    /** Requests per second at 16 connections; every kind has a scale of its own, which its fastest way fills. */
    String chart() {
        List<Cell> shown =
                cells.stream().filter(cell -> cell.connections() == CONNECTIONS).toList();
        int height = 70 + shown.size() * ROW;
        StringBuilder svg = new StringBuilder(format("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 %d" font-family="system-ui, sans-serif" font-size="14" role="img" aria-labelledby="t">
                  <title id="t">Requests per second at 16 connections: Realms, a bare JAX-RS resource, bare JDBC, and Node with pg</title>
                  <rect width="900" height="%d" rx="12" fill="#ffffff"/>
                  <text x="24" y="36" font-size="17" fill="#1d2733">Requests per second, 16 connections</text>
                """, height, height));
        for (int i = 0; i < shown.size(); i++) {
            row(svg, shown.get(i), 62 + i * ROW);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void row(StringBuilder svg, Cell cell, int top) {
        double most = Arrays.stream(Way.values())
                .filter(cell::has)
                .mapToDouble(cell::perSecond)
                .max()
                .orElseThrow();
        svg.append(format("  <text x=\"24\" y=\"%d\" fill=\"#1d2733\">%s</text>\n", top + 30, cell.kind().title));
        String[] colours = {"#3f51b5", "#8fa3d9", "#b9c2cc", "#d8a657"};
        for (Way way : Arrays.stream(Way.values()).filter(cell::has).toList()) {
            int y = top + way.ordinal() * 19;
            double width = 420 * cell.perSecond(way) / most;
            svg.append(format(
                    "  <rect x=\"210\" y=\"%d\" width=\"%.0f\" height=\"16\" rx=\"3\" fill=\"%s\"/>\n",
                    y, width, colours[way.ordinal()]));
            svg.append(format(
                    "  <text x=\"%.0f\" y=\"%d\" font-size=\"12\" fill=\"#455463\">%,.0f %s</text>\n",
                    216 + width, y + 12, cell.perSecond(way), way.title));
        }
    }

    /** Puts table and chart where the document shows them. */
    void write(Path docs, String server, String words) throws IOException {
        Files.writeString(docs.resolve("performance-" + server + ".svg"), chart());
        Path document = docs.resolve("performance.md");
        String text = Files.readString(document);
        String begin = "<!-- " + server + ": written by mvn -Pbench -Dbench=api -Drealms.bench.write=true -->\n";
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf("<!-- end of " + server + " -->");
        if (from < begin.length() || to < 0) {
            throw new IllegalStateException(document + " has no place for the figures of " + server);
        }
        Files.writeString(document, text.substring(0, from) + words + "\n" + table() + text.substring(to));
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
