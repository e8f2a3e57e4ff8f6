package dev.realms.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.FreshDatabases;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DatabaseTest
class EmailsTest {

    private static final IntPredicate IS_TEXT =
            point -> point != 0 && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE);

    /** Canonically equivalent characters are one to whoever reads them, and on the way of the mail. */
    @Test
    void makesOneOfTwoOnlyWhereTheyAreAToZOrTheSameText() {
        Map<String, String> first = new HashMap<>();
        List<String> folded = new ArrayList<>();
        IntStream.rangeClosed(1, Character.MAX_CODE_POINT).filter(IS_TEXT).forEach(point -> {
            String one = "a" + Character.toString(point) + "b@example.com";
            String other = first.putIfAbsent(Emails.key(one), one);
            if (other != null && !isSame(one, other)) {
                folded.add(one + " " + other);
            }
        });

        assertThat(folded).isEmpty();
        assertThat(Emails.key("ANNA.Ölaf@Example.COM")).isEqualTo("anna.Ölaf@example.com");
    }

    private static boolean isSame(String one, String other) {
        return lowered(nfd(one)).equals(lowered(nfd(other)));
    }

    private static String nfd(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD);
    }

    private static String lowered(String text) {
        return text.codePoints()
                .map(point -> point >= 'A' && point <= 'Z' ? point + 32 : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** A row that nobody could sign in to is found before it is taken over, whatever the database's locale. */
    @Test
    void theDatabaseKnowsWhatCannotBeAnAddress() throws SQLException {
        List<String> different = new ArrayList<>();
        try (Connection connection = FreshDatabases.empty().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT n, 'a' || chr(n) || 'b@c' ~ '^" + Emails.SQL_PATTERN
                        + "$' FROM generate_series(1, 1114111) AS n WHERE n NOT BETWEEN 55296 AND 57343")) {
            while (rows.next()) {
                int point = rows.getInt(1);
                if (Character.getType(point) != Character.UNASSIGNED
                        && rows.getBoolean(2) != Emails.isAddress("a" + Character.toString(point) + "b@c")) {
                    different.add("%X %s".formatted(point, rows.getBoolean(2)));
                }
            }
        }
        assertThat(different).isEmpty();
    }

    /** Of the characters that both know; newer versions of Unicode add some. */
    @Test
    void isTheSameRuleInTheDatabase() throws SQLException {
        DataSource database = FreshDatabases.expanded();
        List<String> different = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setFetchSize(10_000);
            connection.setAutoCommit(false);
            try (ResultSet row = statement.executeQuery("""
                    SELECT i, realms_doors.email_key('A' || chr(i) || 'B' || chr(i)) FROM generate_series(1, 1114111) AS i
                    WHERE i NOT BETWEEN 55296 AND 57343""")) {
                while (row.next()) {
                    String text = Character.toString(row.getInt(1));
                    if (Character.isDefined(row.getInt(1))
                            && !Emails.key("A" + text + "B" + text).equals(row.getString(2))) {
                        different.add("U+%04X".formatted(row.getInt(1)));
                    }
                }
            }
        }

        assertThat(different).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b",
                "Anna.Müller+x@example.com",
                "用户@例子.公司",
                "o\u0301@example.com",
                "a\uD83D\uDE00@example.com"
            })
    void canBeAnAddress(String address) {
        assertThat(address).matches(Emails.PATTERN);
    }

    @Test
    void isNoAddressWithCharactersThatShowNothing() {
        assertThat(Stream.of(
                        "anna",
                        "@",
                        "a@",
                        "@b",
                        "a@b@c",
                        "a b@c",
                        "a\u00A0b@c",
                        "a\u200B@c",
                        "a@\u200D",
                        "\u2060a@c",
                        "a\u00AD@c",
                        "a\u3164@c",
                        "a\u115F@c",
                        "a\uFFA0@c",
                        "a\u2800@c",
                        "a\uFE0F@c",
                        "a\u180E@c",
                        "a\u034F@c",
                        "a\t@c",
                        "a\u202E@c",
                        "\uFEFFa@c",
                        "a" + Character.toString(0xE0101) + "@c"))
                .noneMatch(address -> address.matches(Emails.PATTERN));
    }
}
