package dev.realms.settings;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns the text of settings into types; each method fails with one sentence that names the setting. */
final class SettingReader {

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{[^}]*}");
    private static final Set<String> YES = Set.of("true", "1", "yes", "y", "on");
    private static final Set<String> NO = Set.of("false", "0", "no", "n", "off");

    private final Function<String, Optional<String>> lookup;

    SettingReader(Function<String, Optional<String>> lookup) {
        this.lookup = lookup;
    }

    Optional<String> text(String name) {
        return lookup.apply(name).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** As it is: blanks at its ends are part of a password. Application servers put other values in the place of an expression. */
    Optional<Secret> secret(String name) {
        Optional<String> text = lookup.apply(name).filter(some -> !some.isBlank());
        if (text.filter(some -> EXPRESSION.matcher(some).find()).isPresent()) {
            throw new SettingException(
                    name
                            + " must not hold ${…}, which application servers take for an expression: choose another password.");
        }
        return text.map(Secret::new);
    }

    int number(String name, int least, int most, int otherwise, String what) {
        return text(name)
                .map(text -> {
                    try {
                        int number = Integer.parseInt(text);
                        if (number >= least && number <= most) {
                            return number;
                        }
                    } catch (NumberFormatException notANumber) {
                        // Falls through: the same sentence answers both faults.
                    }
                    throw new SettingException(
                            "%s must be %s from %d to %d, but is '%s'.".formatted(name, what, least, most, text));
                })
                .orElse(otherwise);
    }

    /** The spellings that MicroProfile Config reads as true, and their opposites; anything else is a mistake. */
    boolean flag(String name, boolean otherwise) {
        return text(name)
                .map(text -> {
                    String lower = text.toLowerCase(Locale.ROOT);
                    if (YES.contains(lower) || NO.contains(lower)) {
                        return YES.contains(lower);
                    }
                    throw new SettingException("%s must be true or false, but is '%s'.".formatted(name, text));
                })
                .orElse(otherwise);
    }

    <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
        List<E> all = List.of(type.getEnumConstants());
        return text(name)
                .map(text -> all.stream()
                        .filter(one -> written(one).equalsIgnoreCase(text))
                        .findFirst()
                        .orElseThrow(() -> new SettingException("%s must be one of %s, but is '%s'."
                                .formatted(
                                        name,
                                        all.stream().map(SettingReader::written).collect(Collectors.joining(", ")),
                                        text))));
    }

    private static String written(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Separated by commas. */
    List<String> list(String name) {
        return text(name).stream()
                .flatMap(text -> Stream.of(text.split(",")))
                .map(String::strip)
                .toList();
    }

    /** {@code name=value, name=value}. */
    Map<String, String> pairs(String name) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : list(name)) {
            String[] parts = pair.split("=", -1);
            if (parts.length != 2 || pairs.put(parts[0].strip(), parts[1].strip()) != null) {
                throw new SettingException(
                        "%s must look like name=value,name=value, but holds '%s'.".formatted(name, pair));
            }
        }
        return Map.copyOf(pairs);
    }

    /** {@code 10.0.0.0/8, 192.0.2.1, 2001:db8::/32}. */
    List<IpNetwork> networks(String name) {
        return list(name).stream()
                .map(text -> IpNetwork.parse(text)
                        .orElseThrow(() -> new SettingException(
                                "%s must be addresses and networks such as 10.0.0.0/8,192.0.2.1, but holds '%s'."
                                        .formatted(name, text))))
                .toList();
    }

    Path path(String name, String otherwise) {
        String text = text(name).orElse(otherwise);
        try {
            return Path.of(text);
        } catch (InvalidPathException notAPath) {
            throw new SettingException("%s must be the path of a folder, but is '%s'.".formatted(name, text));
        }
    }

    /** A role name; PostgreSQL would silently cut one that is longer than 63 bytes. */
    String role(String name, String otherwise) {
        String text = text(name).orElse(otherwise);
        if (text.getBytes(StandardCharsets.UTF_8).length > 63) {
            throw new SettingException(
                    "%s must be a role name of at most 63 bytes, but is '%s'.".formatted(name, text));
        }
        return text;
    }
}
