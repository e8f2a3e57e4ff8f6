package dev.realms.openapi;

import dev.realms.web.DescribedAs;
import dev.realms.web.json.Change;
import dev.realms.web.json.Ids;
import dev.realms.web.json.TextLength;
import jakarta.json.JsonObject;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The schemas of single values, with the bounds that their declarations have. */
final class ValueTrees {

    private static final AnnotatedElement NOTHING = Object.class;
    private static final String ID = "^" + Ids.FORM + "$";

    private final Function<Class<?>, Tree> records;

    /** @param records gives the schema of a record */
    ValueTrees(Function<Class<?>, Tree> records) {
        this.records = records;
    }

    /** Texts that are named as ids are ids. */
    Tree of(RecordComponent component, AnnotatedElement declared) {
        DescribedAs typed = component.getAnnotation(DescribedAs.class);
        if (component.getType() == String.class && component.getName().matches("id|.*Id")) {
            return id();
        }
        return typed == null ? of(component.getGenericType(), declared) : typed(component.getType(), typed.value());
    }

    /** A value of this type, with the bounds that its declaration has. */
    Tree of(Type type, AnnotatedElement declared) {
        if (type instanceof ParameterizedType generic) {
            Type[] of = generic.getActualTypeArguments();
            if (generic.getRawType() == Change.class) {
                return of(of[0], declared);
            } else if (generic.getRawType() == Map.class) {
                return Tree.of("type", "object").with("additionalProperties", of(of[1], NOTHING));
            }
            return bounded(Tree.of("type", "array"), declared, Size.class, "maxItems", Size::max)
                    .with("items", of(of[0], NOTHING));
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return Tree.of("type", "string").with("enum", constants(plain));
        } else if (plain.isRecord()) {
            return records.apply(plain);
        } else if (plain == String.class) {
            return text(declared);
        } else if (plain == UUID.class) {
            return Tree.of("type", "string").with("format", "uuid");
        } else if (plain == Instant.class) {
            return Tree.of("type", "string").with("format", "date-time");
        } else if (plain == Boolean.class || plain == boolean.class) {
            return Tree.of("type", "boolean");
        } else if (plain == JsonObject.class) {
            return Tree.of("type", "object");
        }
        return number(plain, declared);
    }

    /** Of a row or user. */
    static Tree id() {
        return Tree.of("type", "string").with("pattern", ID);
    }

    static Tree orNull(Tree value) {
        if (value.containsKey("$ref")) {
            return Tree.of("oneOf", List.of(value, Tree.of("type", "null")));
        }
        value.put("type", List.of(value.get("type"), "null"));
        if (value.get("enum") instanceof List<?> constants) {
            List<Object> orNull = new ArrayList<>(constants);
            orNull.add(null);
            value.put("enum", orNull);
        }
        return value;
    }

    /** Items and members have the type that is not the list's or object's own. */
    private Tree typed(Class<?> declared, Class<?> type) {
        Tree value = of(type, NOTHING);
        if (declared == List.class) {
            return Tree.of("type", "array").with("items", value);
        }
        return declared == JsonObject.class && type.isEnum()
                ? Tree.of("type", "object").with("additionalProperties", value)
                : value;
    }

    private static Tree text(AnnotatedElement declared) {
        Tree text = Tree.of("type", "string");
        Pattern pattern = declared.getAnnotation(Pattern.class);
        if (pattern != null && pattern.regexp().matches("\\w+")) {
            return text.with("enum", List.of(pattern.regexp()));
        }
        TextLength length = declared.getAnnotation(TextLength.class);
        int least = Math.max(length == null ? 0 : length.min(), declared.isAnnotationPresent(NotBlank.class) ? 1 : 0);
        return text.withAny("minLength", least == 0 ? null : least)
                .withAny("maxLength", length == null ? null : length.max())
                .withAny("pattern", pattern == null ? null : "^" + PortablePattern.of(pattern.regexp()) + "$");
    }

    private static Tree number(Class<?> type, AnnotatedElement declared) {
        Tree number = type == Double.class || type == double.class
                ? Tree.of("type", "number").with("format", "double")
                : Tree.of("type", "integer")
                        .with("format", type == Integer.class || type == int.class ? "int32" : "int64");
        bounded(number, declared, Min.class, "minimum", Min::value);
        bounded(number, declared, Max.class, "maximum", Max::value);
        bounded(number, declared, DecimalMin.class, "minimum", min -> Long.valueOf(min.value()));
        return bounded(number, declared, DecimalMax.class, "maximum", max -> Long.valueOf(max.value()));
    }

    private static <A extends Annotation> Tree bounded(
            Tree value, AnnotatedElement declared, Class<A> constraint, String name, Function<A, Object> bound) {
        return value.withAny(
                name,
                Optional.ofNullable(declared.getAnnotation(constraint))
                        .map(bound)
                        .orElse(null));
    }

    /** As they are written: by their text, where they have one. */
    private static List<String> constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> {
                    try {
                        Method text = type.getDeclaredMethod("text");
                        text.setAccessible(true);
                        return (String) text.invoke(constant);
                    } catch (NoSuchMethodException none) {
                        return ((Enum<?>) constant).name();
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }
}
