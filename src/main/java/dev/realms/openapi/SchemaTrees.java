package dev.realms.openapi;

import dev.realms.web.json.Kept;
import dev.realms.web.problem.FieldError;
import dev.realms.web.problem.ProblemType;
import jakarta.annotation.Nullable;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The schemas of records, each once: of what is sent, of what patches it, and of what is answered. */
final class SchemaTrees {

    private static final String ONE_WORD = "[A-Z][a-z]+";

    private final SourceDocs docs;
    private final ValueTrees values = new ValueTrees(this::answer);
    private final Map<String, Tree> components = new TreeMap<>();
    private final Map<String, String> owners = new HashMap<>();

    SchemaTrees(SourceDocs docs) {
        this.docs = docs;
    }

    /** By name. */
    Map<String, Tree> components() {
        return components;
    }

    /** What is sent: closed, with what has to be there. */
    Tree request(Class<?> type) {
        return component(name(type), "request " + type.getName(), () -> sent(type, true));
    }

    /** A merge patch: of what an update may hold nothing has to be there. */
    Tree patch(Class<?> update) {
        String name = "Patch" + name(update).replaceFirst("^Update", "");
        return component(name, "patch " + update.getName(), () -> sent(update, false));
    }

    /** What is answered: every member is there. */
    Tree answer(Class<?> type) {
        return component(name(type), "answer " + type.getName(), () -> answered(type));
    }

    /** The name of a page's schema, and of its example. */
    static String pageName(Class<?> item) {
        return name(item).replaceFirst("View$", "") + "Page";
    }

    Tree page(Class<?> item) {
        return component(
                pageName(item),
                "page of " + item.getName(),
                () -> object("A part of a list.", List.of("items", "nextCursor"))
                        .with(
                                "properties",
                                Tree.of("items", Tree.of("type", "array").with("items", answer(item)))
                                        .with(
                                                "nextCursor",
                                                Tree.of("type", List.of("string", "null"))
                                                        .with(
                                                                "description",
                                                                "Leads to the next page as the parameter `cursor`; null on the last one."))));
    }

    /** The schemas of single values. */
    ValueTrees values() {
        return values;
    }

    /** A failure (RFC 9457). Each answer says which codes it has. */
    Tree problem() {
        Tree text = Tree.of("type", "string");
        Tree codes = new Tree()
                .with(text)
                .with("description", "What programs can rely on.")
                .with(
                        "enum",
                        Arrays.stream(ProblemType.values())
                                .map(ProblemType::code)
                                .toList());
        Tree errors = Tree.of("type", "array")
                .with("description", "What is wrong with each field; none where no field is.")
                .with("items", answer(FieldError.class));
        return component(
                "Problem",
                "problem",
                () -> object("A failure (RFC 9457).", List.of("type", "title", "status", "detail", "instance", "code"))
                        .with(
                                "properties",
                                Tree.of("type", new Tree().with(text).with("format", "uri"))
                                        .with("title", text)
                                        .with(
                                                "status",
                                                Tree.of("type", "integer").with("format", "int32"))
                                        .with(
                                                "detail",
                                                new Tree().with(text).with("description", "A sentence for people."))
                                        .with(
                                                "instance",
                                                new Tree().with(text).with("description", "The path of the request."))
                                        .with("code", codes)
                                        .with("errors", errors)));
    }

    private Tree component(String name, String owner, Supplier<Tree> made) {
        String other = owners.putIfAbsent(name, owner);
        if (other == null) {
            components.put(name, made.get());
        } else if (!other.equals(owner)) {
            throw new IllegalStateException("Two schemas are named " + name + ": " + other + " and " + owner);
        }
        return Tree.reference("schemas", name);
    }

    /** A nested record that is named by one word is named after its surroundings, too. */
    private static String name(Class<?> type) {
        String simple = type.getSimpleName();
        return type.getEnclosingClass() != null && simple.matches(ONE_WORD)
                ? type.getEnclosingClass().getSimpleName() + simple
                : simple;
    }

    private static Tree object(String description, List<String> required) {
        Tree object = Tree.of("type", "object").withAny("description", description);
        return required.isEmpty() ? object : object.with("required", required);
    }

    private Tree sent(Class<?> type, boolean whole) {
        Tree properties = new Tree();
        List<String> required = new ArrayList<>();
        Map<String, Object> defaults = whole ? defaults(type) : Map.of();
        for (RecordComponent component : type.getRecordComponents()) {
            Field field = field(component);
            boolean needed = field.isAnnotationPresent(NotNull.class) || field.isAnnotationPresent(NotBlank.class);
            if (needed) {
                required.add(component.getName());
            }
            Tree value = member(type, component, !needed && !component.isAnnotationPresent(Kept.class));
            Object otherwise = defaults.get(component.getName());
            properties.with(component.getName(), otherwise == null ? value : value.with("default", otherwise));
        }
        return object(SourceDocs.first(docs.of(type)), whole ? required : List.of())
                .with("additionalProperties", false)
                .with("properties", properties);
    }

    private Tree answered(Class<?> type) {
        Tree properties = new Tree();
        for (RecordComponent component : type.getRecordComponents()) {
            properties.with(
                    component.getName(), member(type, component, component.isAnnotationPresent(Nullable.class)));
        }
        return object(SourceDocs.first(docs.of(type)), List.copyOf(properties.keySet()))
                .with("properties", properties);
    }

    private Tree member(Class<?> type, RecordComponent component, boolean nullable) {
        Tree value = values.of(component, field(component));
        Tree member = nullable ? ValueTrees.orNull(value) : value;
        return new Tree().with(member).withAny("description", docs.ofComponent(type, component.getName()));
    }

    /** What a record makes of members that are left out. */
    private static Map<String, Object> defaults(Class<?> type) {
        try {
            RecordComponent[] components = type.getRecordComponents();
            var constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            Object empty = constructor.newInstance(new Object[components.length]);
            Map<String, Object> defaults = new HashMap<>();
            for (RecordComponent component : components) {
                component.getAccessor().setAccessible(true);
                Object value = component.getAccessor().invoke(empty);
                if (value != null) {
                    defaults.put(component.getName(), value instanceof Enum<?> constant ? constant.name() : value);
                }
            }
            return defaults;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Field field(RecordComponent component) {
        try {
            return component.getDeclaringRecord().getDeclaredField(component.getName());
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }
}
