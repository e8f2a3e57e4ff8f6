package dev.realms.web;

import dev.realms.testing.ApiModel.Body;
import dev.realms.testing.ApiModel.Property;
import dev.realms.web.json.Ids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * Bodies as the API's description allows them, and bodies with something wrong. A body is its members by name, each as JSON text, so
 * that what is no JSON can be among them.
 *
 * @param references ids of rows for the members that refer to some
 */
record Bodies(Random random, Map<String, List<String>> references) {

    private static final int SIZE = 1_000;

    /** Every script has a place in a text, and so have characters beyond the first plane, marks, and what has no meaning yet. */
    private static final Arbitrary<String> LETTERS = Arbitraries.oneOf(
                    Arbitraries.integers().between('!', '~'),
                    Arbitraries.integers().between(0xA1, 0x6FF).filter(Character::isDefined),
                    Arbitraries.of(0x301, 0x200B, 0x200D, 0xFEFF, 0xFFFD, 0xFFFE, 0xFFFF, 0x3042, 0x4E2D, 0xAC00),
                    Arbitraries.integers().between(0x1F300, 0x1F6FF),
                    Arbitraries.integers().between(0x10FFF0, 0x10FFFF))
            .map(Character::toString);

    /** In place of any value. */
    private static final Arbitrary<String> WRONG = Arbitraries.of(
            "null",
            "true",
            "false",
            "0",
            "-1",
            "1.5",
            "-0.0",
            "1e2",
            "1e400",
            "-1e400",
            "1e-400",
            "1e999999999",
            "1e2147483648",
            "1e-99999999999",
            "2147483648",
            "9223372036854775808",
            "9".repeat(2_000),
            "0." + "3".repeat(2_000),
            "NaN",
            "Infinity",
            "-",
            "01",
            "0x1F",
            "'a'",
            "\"\"",
            "\" \"",
            "\"\\t\\r\\n\"",
            "\"\\u0000\"",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\u202e\"",
            "\"a\\u2066b\\u2069\"",
            "\"\\u001b[31m\"",
            "\"\\u0085\"",
            "\"\\u007f\"",
            "\"\\ufeff\"",
            "\"\\uffff\"",
            "\"" + "x".repeat(20_000) + "\"",
            "\"" + "\\ud83d\\ude00".repeat(600) + "\"",
            "\"0\"",
            "\"true\"",
            "\"null\"",
            "\"NaN\"",
            "\"1; DROP TABLE users\"",
            "\"' OR '1'='1\"",
            "\"${jndi:ldap://127.0.0.1/a}\"",
            "\"#{1+1}\"",
            "\"<b>\"",
            "\"%s%n\"",
            "\"../../etc/passwd\"",
            "\"2026-13-45T99:99:99Z\"",
            "\"+999999999-12-31T23:59:59Z\"",
            "\"0000-01-01T00:00:00Z\"",
            "\"1-1-1-1-1\"",
            "\"00000000-0000-0000-0000-000000000000\"",
            "[]",
            "[null]",
            "{}",
            "{\"a\": {\"b\": []}}",
            "[".repeat(500) + "]".repeat(500),
            "[".repeat(20_000),
            "\"unended",
            "\"\\x\"",
            "\"\\u12\"",
            "");

    private static final Arbitrary<String> STRANGE_NAMES = Arbitraries.of(
            "",
            " ",
            "id",
            "realmId",
            "userId",
            "__proto__",
            "constructor",
            "class",
            "NAME",
            "name ",
            "na\\u006de",
            "\\u0000",
            "\\ud800",
            "\\u202ename",
            "x".repeat(5_000),
            "a.b",
            "$",
            "createdAt");

    /** A body with everything that has to be there, and some of what need not be. */
    Map<String, String> valid(Body body) {
        Map<String, String> members = new LinkedHashMap<>();
        body.properties().forEach((name, property) -> {
            if (body.required().contains(name) || random.nextInt(3) > 0) {
                boolean none = property.nullable() && random.nextInt(5) == 0;
                members.put(name, none ? "null" : value(name, property));
            }
        });
        return members;
    }

    /** The text of a body with one or two things changed that may make it wrong. */
    String mutated(Body body) {
        Map<String, String> members = valid(body);
        List<String> names = new ArrayList<>(body.properties().keySet());
        for (int i = random.nextInt(2); i >= 0; i--) {
            String name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(6)) {
                case 0 -> members.remove(name);
                case 1 -> members.put(sample(STRANGE_NAMES), sample(WRONG));
                case 2 -> members.put(name, "null");
                default -> members.put(name, sample(WRONG));
            }
        }
        String text = text(members);
        return switch (random.nextInt(12)) {
            case 0 -> text.substring(0, random.nextInt(text.length()));
            case 1 -> "[" + text + "]";
            case 2 -> "\ufeff" + text;
            case 3 -> text + text;
            case 4 -> text.replaceFirst("^\\{", "{\"" + names.get(0) + "\": 1, \"" + names.get(0) + "\": 1, ");
            default -> text;
        };
    }

    static String text(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\": " + member.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private String value(String name, Property property) {
        return switch (property.type()) {
            case "boolean" -> sample(Arbitraries.of("true", "false"));
            case "object" -> "{}";
            case "array" -> "[]";
            case "integer" ->
                Integer.toString(sample(
                        Arbitraries.integers().between((int) property.minimum().orElse(Integer.MIN_VALUE), (int)
                                property.maximum().orElse(Integer.MAX_VALUE))));
            case "number" ->
                Double.toString(sample(Arbitraries.doubles()
                        .between(
                                property.minimum().orElse(-1e300),
                                property.maximum().orElse(1e300))
                        .ofScale(9)));
            default -> string(name, property);
        };
    }

    private String string(String name, Property property) {
        if (!property.constants().isEmpty()) {
            return quoted(sample(Arbitraries.of(property.constants())));
        }
        return switch (isId(property) ? "id" : property.format()) {
            case "uuid", "id" ->
                quoted(
                        random.nextInt(8) == 0
                                ? new UUID(random.nextLong(), random.nextLong()).toString()
                                : reference(name));
            case "date-time" -> quoted(instant());
            default -> quoted(property.pattern().map(this::matching).orElseGet(() -> words(property)));
        };
    }

    private static boolean isId(Property property) {
        return property.pattern().filter(("^" + Ids.FORM + "$")::equals).isPresent();
    }

    private String reference(String name) {
        return sample(Arbitraries.of(references.get(name)));
    }

    /** To the millisecond, in one of three spellings. */
    private String instant() {
        Instant instant = Instant.ofEpochMilli(sample(Arbitraries.longs()
                .between(
                        Instant.parse("0002-01-01T00:00:00Z").toEpochMilli(),
                        Instant.parse("9998-12-31T00:00:00Z").toEpochMilli())));
        return switch (random.nextInt(3)) {
            case 0 -> instant.toString();
            case 1 -> instant.toString().replaceFirst("Z$", "+00:00");
            default ->
                instant.atOffset(java.time.ZoneOffset.ofHours(random.nextInt(13)))
                        .toString();
        };
    }

    private String matching(String pattern) {
        if (pattern.matches("\\^\\w+\\$")) {
            return pattern.substring(1, pattern.length() - 1);
        }
        return pattern.contains("@")
                ? text(1, 20) + new UUID(random.nextLong(), random.nextLong()) + "@example.com"
                : sample(Arbitraries.of("en", "pt-BR", "zh-Hant-TW", "de-1996"));
    }

    private String words(Property property) {
        int most = property.maxLength().orElse(200);
        return random.nextInt(10) == 0 ? text(most, most) : text(Math.max(1, property.minLength()), Math.min(most, 40));
    }

    private String text(int least, int most) {
        int length = least + random.nextInt(most - least + 1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(sample(LETTERS));
        }
        return text.toString().replace("@", "a");
    }

    /** In one of the spellings that JSON has for a text. */
    private String quoted(String text) {
        boolean escaped = random.nextBoolean();
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (escaped && c > '~') {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    /** From our own random numbers, so that one seed makes everything again. */
    private <T> T sample(Arbitrary<T> arbitrary) {
        return Optional.of(arbitrary.generator(SIZE, true).next(random).value()).orElseThrow();
    }
}
