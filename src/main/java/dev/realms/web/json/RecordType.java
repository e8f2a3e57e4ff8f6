package dev.realms.web.json;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A record type's components, looked up once: reflection copies them for each caller. */
public final class RecordType {

    private static final ClassValue<RecordType> TYPES = new ClassValue<>() {
        @Override
        protected RecordType computeValue(Class<?> type) {
            return new RecordType(type);
        }
    };

    private final RecordComponent[] components;
    private final String[] names;
    private final Method[] accessors;
    private final Constructor<?> constructor;

    private RecordType(Class<?> type) {
        components = type.getRecordComponents();
        names = Arrays.stream(components).map(RecordComponent::getName).toArray(String[]::new);
        accessors = Arrays.stream(components).map(RecordComponent::getAccessor).toArray(Method[]::new);
        try {
            constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
        constructor.setAccessible(true);
        Arrays.stream(accessors).forEach(accessor -> accessor.setAccessible(true));
    }

    static RecordType of(Class<? extends Record> type) {
        return TYPES.get(type);
    }

    int size() {
        return names.length;
    }

    String name(int component) {
        return names[component];
    }

    RecordComponent component(int component) {
        return components[component];
    }

    Object value(int component, Record source) {
        try {
            return accessors[component].invoke(source);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The value of the component with this name; null when the record has none. */
    static Object value(String name, Record source) {
        RecordType type = of(source.getClass());
        int component = Arrays.asList(type.names).indexOf(name);
        return component < 0 ? null : type.value(component, source);
    }

    /** The values of all components by their names, in order. */
    public static Map<String, Object> values(Record source) {
        RecordType type = of(source.getClass());
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < type.size(); i++) {
            values.put(type.name(i), type.value(i, source));
        }
        return values;
    }

    /** The same record with another value for one of its components. */
    public static <T extends Record> T with(T source, String name, Object value) {
        RecordType type = of(source.getClass());
        Object[] values = new Object[type.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = type.name(i).equals(name) ? value : type.value(i, source);
        }
        @SuppressWarnings("unchecked")
        T same = (T) type.make(values);
        return same;
    }

    Object make(Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
