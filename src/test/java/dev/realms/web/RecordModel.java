package dev.realms.web;

import dev.realms.testing.ApiModel.Body;
import dev.realms.testing.ApiModel.Property;
import dev.realms.web.json.Kept;
import dev.realms.web.json.TextLength;
import jakarta.json.JsonObject;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.ToDoubleFunction;

/** What a record takes, as its components and their constraints say. */
final class RecordModel {

    private static final Map<Class<?>, String[]> TYPES = Map.of(
            String.class, new String[] {"string", ""},
            UUID.class, new String[] {"string", "uuid"},
            Instant.class, new String[] {"string", "date-time"},
            Boolean.class, new String[] {"boolean", ""},
            Integer.class, new String[] {"integer", "int32"},
            Double.class, new String[] {"number", "double"},
            List.class, new String[] {"array", ""},
            JsonObject.class, new String[] {"object", ""});

    private RecordModel() {}

    static Body of(Class<?> type) {
        Map<String, Property> properties = new LinkedHashMap<>();
        Set<String> required = new TreeSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            boolean needed = has(component, NotNull.class) || has(component, NotBlank.class);
            if (needed) {
                required.add(component.getName());
            }
            properties.put(
                    component.getName(), property(component, !needed && !component.isAnnotationPresent(Kept.class)));
        }
        return new Body(type.getSimpleName(), properties, required);
    }

    private static Property property(RecordComponent component, boolean nullable) {
        Class<?> type =
                component.getType() != List.class && component.getGenericType() instanceof ParameterizedType change
                        ? (Class<?>) change.getActualTypeArguments()[0]
                        : component.getType();
        String[] names = TYPES.getOrDefault(type, TYPES.get(String.class));
        Optional<TextLength> length = find(component, TextLength.class);
        return new Property(
                names[0],
                names[1],
                type.isEnum()
                        ? Arrays.stream(type.getEnumConstants())
                                .map(Object::toString)
                                .toList()
                        : List.of(),
                bound(component, Min.class, Min::value, DecimalMin.class, min -> Double.parseDouble(min.value())),
                bound(component, Max.class, Max::value, DecimalMax.class, max -> Double.parseDouble(max.value())),
                Math.max(length.map(TextLength::min).orElse(0), has(component, NotBlank.class) ? 1 : 0),
                length.map(TextLength::max),
                // The description speaks of JavaScript's regular expressions, which are not whole by themselves.
                find(component, Pattern.class)
                        .map(pattern -> "^" + pattern.regexp().replace("\\p{Cntrl}", "\\x00-\\x1F\\x7F") + "$"),
                nullable);
    }

    private static <A extends Annotation, B extends Annotation> OptionalDouble bound(
            RecordComponent component,
            Class<A> whole,
            ToDoubleFunction<A> value,
            Class<B> decimal,
            ToDoubleFunction<B> other) {
        return find(component, whole)
                .map(value::applyAsDouble)
                .or(() -> find(component, decimal).map(other::applyAsDouble))
                .map(OptionalDouble::of)
                .orElse(OptionalDouble.empty());
    }

    private static boolean has(RecordComponent component, Class<? extends Annotation> constraint) {
        return find(component, constraint).isPresent();
    }

    /** Constraints that know nothing of record components are on the fields behind them. */
    private static <A extends Annotation> Optional<A> find(RecordComponent component, Class<A> constraint) {
        try {
            return Optional.ofNullable(component
                    .getDeclaringRecord()
                    .getDeclaredField(component.getName())
                    .getAnnotation(constraint));
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }
}
