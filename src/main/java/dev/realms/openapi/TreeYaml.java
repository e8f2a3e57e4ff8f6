package dev.realms.openapi;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Trees as YAML: a line for each value. A text that could be taken for something else is written as in JSON, which YAML reads, too. */
final class TreeYaml {

    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z$/][A-Za-z0-9$/{}_.-]*");
    private static final Pattern PLAIN_TEXT = Pattern.compile("[A-Za-z][A-Za-z0-9 _/.()-]*[A-Za-z0-9_/.)]");
    private static final Pattern WORD = Pattern.compile("(?i)true|false|yes|no|on|off|null|y|n");

    private final StringBuilder text = new StringBuilder();

    private TreeYaml() {}

    static String write(Tree tree) {
        TreeYaml yaml = new TreeYaml();
        yaml.members(tree, "");
        return yaml.text.toString();
    }

    private void members(Map<?, ?> members, String indent) {
        String before = "";
        for (Map.Entry<?, ?> member : members.entrySet()) {
            text.append(before).append(name(member.getKey().toString())).append(':');
            value(member.getValue(), indent, false);
            before = indent;
        }
    }

    /** @param item whether it stands behind a dash, on whose line an object begins */
    private void value(Object value, String indent, boolean item) {
        String deeper = indent + "  ";
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            text.append(item ? " " : "\n" + deeper);
            members(map, deeper);
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            text.append('\n');
            for (Object each : list) {
                text.append(deeper).append('-');
                value(each, deeper, true);
            }
        } else {
            text.append(' ').append(scalar(value)).append('\n');
        }
    }

    private static String scalar(Object value) {
        boolean plain = value instanceof String string
                && PLAIN_TEXT.matcher(string).matches()
                && !WORD.matcher(string).matches();
        return plain ? value.toString() : TreeJson.write(value);
    }

    private static String name(String name) {
        boolean plain =
                PLAIN_NAME.matcher(name).matches() && !WORD.matcher(name).matches();
        return plain ? name : TreeJson.write(name);
    }
}
