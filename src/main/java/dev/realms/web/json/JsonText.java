package dev.realms.web.json;

import dev.realms.web.Page;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;

/**
 * Writes records as the text that {@link Records#json} would have, to the letter, without making its objects: entity tags and
 * remembered requests are hashes of this text.
 */
final class JsonText {

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private static final int PIECE = 1 << 15;

    private final StringBuilder out;

    private JsonText(int size) {
        out = new StringBuilder(size);
    }

    static String of(Record source) {
        JsonText text = new JsonText(512);
        text.object(source);
        return text.out.toString();
    }

    /** The text of a page, in pieces that together are that of the record: one, or a few of about {@value #PIECE} characters. */
    static Iterator<String> pieces(Page<?> page) {
        return new Pieces(page);
    }

    private static final class Pieces implements Iterator<String> {

        private final Page<?> page;
        private final JsonText text;
        private int written;
        private boolean ended;

        private Pieces(Page<?> page) {
            this.page = page;
            this.text = new JsonText(Math.min(64 + page.items().size() * 512, PIECE + PIECE / 8));
            text.out.append("{\"items\":[");
        }

        @Override
        public boolean hasNext() {
            return !ended;
        }

        @Override
        public String next() {
            if (ended) {
                throw new NoSuchElementException();
            }
            StringBuilder out = text.out;
            List<?> items = page.items();
            for (; written < items.size() && out.length() < PIECE; written++) {
                if (written > 0) {
                    out.append(',');
                }
                text.value(items.get(written));
            }
            if (written == items.size()) {
                out.append("],\"nextCursor\":");
                text.value(page.nextCursor());
                out.append('}');
                ended = true;
            }
            String piece = out.toString();
            out.setLength(0);
            return piece;
        }
    }

    private void object(Record source) {
        RecordShape shape = RecordShape.of(source.getClass());
        out.append('{');
        for (int i = 0; i < shape.size(); i++) {
            out.append(i == 0 ? "\"" : ",\"").append(shape.name(i)).append("\":");
            value(shape.value(i, source));
        }
        out.append('}');
    }

    /** Classes before interfaces: that a value is of a class is seen at once, that it is of no interface takes a search. */
    private void value(Object value) {
        if (value == null || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof String text) {
            string(text);
        } else if (value instanceof UUID || value instanceof Enum<?>) {
            out.append('"').append(value).append('"');
        } else if (value instanceof Instant instant) {
            InstantText.append(out.append('"'), instant);
            out.append('"');
        } else if (value instanceof Integer || value instanceof Long) {
            out.append(((Number) value).longValue());
        } else if (value instanceof Double number) {
            out.append(BigDecimal.valueOf(number));
        } else if (value instanceof Record record) {
            object(record);
        } else if (value instanceof JsonValue) {
            out.append(value);
        } else if (value instanceof List<?> list) {
            array(list);
        } else if (value instanceof Map<?, ?> map) {
            members(map);
        } else {
            string(value.toString());
        }
    }

    private void array(List<?> list) {
        out.append('[');
        for (int i = 0; i < list.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            value(list.get(i));
        }
        out.append(']');
    }

    private void members(Map<?, ?> map) {
        out.append('{');
        int start = out.length();
        map.forEach((name, value) -> {
            if (out.length() > start) {
                out.append(',');
            }
            string(name.toString());
            out.append(':');
            value(value);
        });
        out.append('}');
    }

    private void string(String text) {
        out.append('"');
        int written = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                out.append(text, written, i);
                escape(c);
                written = i + 1;
            }
        }
        out.append(text, written, text.length()).append('"');
    }

    private void escape(char c) {
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
        }
    }
}
