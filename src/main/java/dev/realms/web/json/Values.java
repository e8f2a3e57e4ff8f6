package dev.realms.web.json;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** One JSON value as the Java value a record component asks for; what does not fit is refused with a sentence, never coerced. */
public final class Values {

    public static final class Unfit extends Exception {
        public Unfit(String message) {
            super(message);
        }
    }

    private Values() {}

    /** For what a caller has just given; what the database holds already may be older than the rule. */
    public static void requireFit(JsonValue json) throws Unfit {
        Optional<String> fault = json instanceof JsonString string ? Texts.fault(string.getString()) : Optional.empty();
        if (fault.isPresent()) {
            throw new Unfit(fault.get());
        }
    }

    public static Object convert(JsonValue json, Type type) throws Unfit {
        if (type instanceof ParameterizedType change && change.getRawType() == Change.class) {
            return new Change<>(convert(json, change.getActualTypeArguments()[0]));
        }
        if (json.getValueType() == JsonValue.ValueType.NULL) {
            return null;
        }
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return list(json, list.getActualTypeArguments()[0]);
        }
        Class<?> target = (Class<?>) type;
        if (target == Boolean.class) {
            return bool(json);
        } else if (target == Integer.class) {
            return integer(json);
        } else if (target == Double.class) {
            return decimal(json);
        } else if (target == JsonObject.class) {
            return object(json);
        }
        String text = string(json);
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

    private static List<Object> list(JsonValue json, Type type) throws Unfit {
        if (!(json instanceof JsonArray array)) {
            throw new Unfit("must be an array");
        }
        List<Object> values = new ArrayList<>();
        for (JsonValue value : array) {
            if (value.getValueType() == JsonValue.ValueType.NULL) {
                throw new Unfit("must not hold null");
            }
            requireFit(value);
            values.add(convert(value, type));
        }
        return List.copyOf(values);
    }

    private static Boolean bool(JsonValue json) throws Unfit {
        return switch (json.getValueType()) {
            case TRUE -> true;
            case FALSE -> false;
            default -> throw new Unfit("must be true or false");
        };
    }

    private static Integer integer(JsonValue json) throws Unfit {
        if (json instanceof JsonNumber number) {
            BigDecimal value = number.bigDecimalValue();
            // Compared before it is expanded: 1e999999999 would fill the memory as an integer.
            if (Math.abs((long) value.precision() - value.scale()) < 20
                    && value.stripTrailingZeros().scale() <= 0) {
                try {
                    return value.intValueExact();
                } catch (ArithmeticException e) {
                    throw new Unfit("must be a whole number from -2147483648 to 2147483647");
                }
            }
        }
        throw new Unfit("must be a whole number");
    }

    private static Double decimal(JsonValue json) throws Unfit {
        if (json instanceof JsonNumber number) {
            double value = number.doubleValue();
            if (Double.isFinite(value)) {
                return value;
            }
        }
        throw new Unfit("must be a number");
    }

    private static JsonObject object(JsonValue json) throws Unfit {
        if (!(json instanceof JsonObject object)) {
            throw new Unfit("must be an object");
        }
        return object;
    }

    private static String string(JsonValue json) throws Unfit {
        if (!(json instanceof JsonString string)) {
            throw new Unfit("must be a string");
        }
        return string.getString();
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
