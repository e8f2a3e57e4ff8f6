package dev.realms.web.json;

import jakarta.json.JsonObject;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What a caller gave for a member, as the Java value that the record component asks for; what does not fit is refused with a
 * sentence, never coerced.
 */
public final class MemberConversion {

    /** The message is the rest of a sentence that begins with the member's name. */
    public static final class Unfit extends Exception {
        private Unfit(String message) {
            super(message);
        }
    }

    private MemberConversion() {}

    /** @param value String, BigDecimal, Boolean, List, Map or null */
    public static Object convert(Object value, Type type) throws Unfit {
        if (type instanceof ParameterizedType change && change.getRawType() == Change.class) {
            return new Change<>(convert(value, change.getActualTypeArguments()[0]));
        }
        if (value == null) {
            return null;
        }
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return list(value, list.getActualTypeArguments()[0]);
        }
        Class<?> target = (Class<?>) type;
        if (target == Boolean.class) {
            return bool(value);
        } else if (target == Integer.class) {
            return integer(value);
        } else if (target == Double.class) {
            return decimal(value);
        } else if (target == JsonObject.class) {
            return object(value);
        }
        String text = string(value);
        if (target == String.class) {
            return text;
        } else if (target == UUID.class) {
            return uuid(text);
        } else if (target == Instant.class) {
            return instant(text);
        } else if (target.isEnum()) {
            return constant(text, target);
        }
        throw new IllegalStateException("No JSON form for " + type);
    }

    private static List<Object> list(Object value, Type type) throws Unfit {
        if (!(value instanceof List<?> items)) {
            throw new Unfit("must be an array");
        }
        List<Object> values = new ArrayList<>();
        for (Object item : items) {
            if (item == null) {
                throw new Unfit("must not hold null");
            }
            values.add(convert(item, type));
        }
        return List.copyOf(values);
    }

    private static Boolean bool(Object value) throws Unfit {
        if (!(value instanceof Boolean bool)) {
            throw new Unfit("must be true or false");
        }
        return bool;
    }

    private static Integer integer(Object value) throws Unfit {
        // Compared before it is expanded: 1e999999999 would fill the memory as an integer.
        if (value instanceof BigDecimal number
                && Math.abs((long) number.precision() - number.scale()) < 20
                && number.stripTrailingZeros().scale() <= 0) {
            try {
                return number.intValueExact();
            } catch (ArithmeticException e) {
                throw new Unfit("must be a whole number from -2147483648 to 2147483647");
            }
        }
        throw new Unfit("must be a whole number");
    }

    private static Double decimal(Object value) throws Unfit {
        if (value instanceof BigDecimal number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw new Unfit("must be a number");
    }

    private static JsonObject object(Object value) throws Unfit {
        if (!(value instanceof Map<?, ?> members)) {
            throw new Unfit("must be an object");
        }
        return RecordJson.object(members);
    }

    private static String string(Object value) throws Unfit {
        if (!(value instanceof String text)) {
            throw new Unfit("must be a string");
        }
        Optional<String> fault = PermittedCharacters.fault(text);
        if (fault.isPresent()) {
            throw new Unfit(fault.get());
        }
        return text;
    }

    private static UUID uuid(String text) throws Unfit {
        return Ids.find(text).orElseThrow(() -> new Unfit("must be a UUID"));
    }

    private static Instant instant(String text) throws Unfit {
        try {
            return Instants.parse(text);
        } catch (DateTimeException e) {
            throw new Unfit("must be an instant like 2026-01-31T12:00:00Z");
        }
    }

    private static Object constant(String text, Class<?> target) throws Unfit {
        for (Object constant : target.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(text)) {
                return constant;
            }
        }
        throw new Unfit("must be one of "
                + Arrays.stream(target.getEnumConstants()).map(Object::toString).collect(Collectors.joining(", ")));
    }
}
