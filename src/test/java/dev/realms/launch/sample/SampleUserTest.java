package dev.realms.launch.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleUserTest {

    private static final int USERS = 300;

    /** Where each table, in order, has its user. */
    private static final List<Integer> OWNER_COLUMNS = List.of(0, 1, 14, 7, 10, 11, 7);

    private final List<List<String[]>> tables = draw();

    @Test
    void isTheSameEveryTime() {
        assertThat(flat(draw())).isEqualTo(flat(tables));
    }

    @Test
    void refersOnlyToRowsOfTheSameUser() {
        Map<String, String> owners = new HashMap<>();
        for (int table = 0; table < tables.size(); table++) {
            int column = OWNER_COLUMNS.get(table);
            tables.get(table).forEach(row -> owners.put(row[0], row[column]));
        }

        assertThat(databases()).allSatisfy(row -> assertThat(owners.get(row[8])).isEqualTo(row[7]));
        assertThat(documents())
                .allSatisfy(row -> assertThat(
                                row[11].equals("\\N") || owners.get(row[11]).equals(row[10]))
                        .isTrue());
        assertThat(jobs()).allSatisfy(row -> assertThat(owners.get(row[10])).isEqualTo(row[11]));
    }

    @Test
    void countsTheDocumentsOfADatabase() {
        Map<String, Long> counts =
                documents().stream().collect(Collectors.groupingBy(row -> row[11], Collectors.counting()));

        assertThat(databases())
                .allSatisfy(row -> assertThat(Long.parseLong(row[3])).isEqualTo(counts.getOrDefault(row[0], 0L)));
    }

    @Test
    void bringsJobsToAnEndThatFitsTheirStatus() {
        Set<String> ended = Set.of("FINISHED", "FAILED", "CANCELLED");

        assertThat(jobs()).allSatisfy(row -> {
            assertThat(ended.contains(row[5])).isEqualTo(!row[4].equals("\\N"));
            assertThat(row[5].equals("FINISHED")).isEqualTo(row[6].equals("100"));
            if (ended.contains(row[5])) {
                assertThat(OffsetDateTime.parse(row[4])).isAfterOrEqualTo(OffsetDateTime.parse(row[3]));
            }
        });
        assertThat(jobs().stream().map(row -> row[5]).distinct()).hasSize(6);
        assertThat(documents().stream().map(row -> row[3]).distinct()).hasSize(5);
    }

    @Test
    void givesTheFirstUserAboutASixthOfAllDocuments() {
        String first = tables.get(0).get(0)[0];
        double share = (double) documents().stream()
                        .filter(row -> row[10].equals(first))
                        .count()
                / documents().size();

        assertThat(share).isBetween(0.12, 0.22);
    }

    @Test
    void namesDatabasesAndPeopleApart() {
        assertThat(databases().stream().map(row -> row[7] + row[1])).doesNotHaveDuplicates();
        assertThat(tables.get(0).stream().map(row -> row[2].toLowerCase(Locale.ROOT)))
                .doesNotHaveDuplicates();
        assertThat(tables.get(0).stream().filter(row -> row[4].equals("ADMIN"))).hasSize(1);
    }

    private List<String[]> databases() {
        return tables.get(3);
    }

    private List<String[]> documents() {
        return tables.get(4);
    }

    private List<String[]> jobs() {
        return tables.get(5);
    }

    private static List<List<String[]>> draw() {
        SampleTables drawn = new SampleTables();
        IntStream.rangeClosed(1, USERS).forEach(rank -> SampleUser.write(drawn, rank, USERS));
        List<List<String[]>> tables = new ArrayList<>();
        drawn.inOrder()
                .forEach(table -> tables.add(
                        table.take().lines().map(row -> row.split("\t")).toList()));
        assertThat(new HashSet<>(tables.get(0))).hasSize(USERS);
        return tables;
    }

    private static List<String> flat(List<List<String[]>> tables) {
        return tables.stream().flatMap(List::stream).map(Arrays::toString).toList();
    }
}
