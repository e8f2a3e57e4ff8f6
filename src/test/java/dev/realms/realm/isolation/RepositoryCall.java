package dev.realms.realm.isolation;

import dev.realms.realm.MoveRows;
import dev.realms.realm.RealmView;
import dev.realms.realm.transfer.RealmExport;
import dev.realms.testing.InServer;
import dev.realms.web.PageRequest;
import dev.realms.web.json.Patch;
import dev.realms.web.json.RecordBinder;
import dev.realms.web.json.RecordJson;
import dev.realms.web.json.ResourceUpdate;
import dev.realms.web.problem.DomainException;
import jakarta.ejb.Stateless;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A public method of a service that works on what realms own; {@link #all} finds every one there is. It is called with one id
 * in the place of each id that it takes, in its arguments, bodies and filters; what revises a row in both ways there are.
 */
@InServer
record RepositoryCall(Object service, Method method, boolean patches) {

    private static final Set<String> REFERENCES = Set.of("serverId", "databaseId", "documentId");

    /** Has begun, of whichever realm is open. */
    private static final RealmExport EXPORT = new RealmExport(
            new RealmView(new UUID(0, 0), "r", null, true, true, Instant.EPOCH, Instant.EPOCH, null), Optional.empty());

    static List<RepositoryCall> all() {
        BeanManager beans = CDI.current().getBeanManager();
        return beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .filter(bean -> bean.getBeanClass().isAnnotationPresent(Stateless.class)
                        && !bean.getBeanClass().isAnnotationPresent(InServer.class)
                        && reachesOwnedRows(bean.getBeanClass()))
                .flatMap(bean -> of(beans, bean))
                .sorted((a, b) -> a.toString().compareTo(b.toString()))
                .toList();
    }

    /** By {@link OwnedRows}, or as the counts of a realm, whose service asks for the realm, too. */
    private static boolean reachesOwnedRows(Class<?> service) {
        Set<Class<?>> used =
                Arrays.stream(service.getDeclaredFields()).map(Field::getType).collect(Collectors.toSet());
        return used.contains(OwnedRows.class) || used.contains(RealmContext.class);
    }

    private static Stream<RepositoryCall> of(BeanManager beans, Bean<?> bean) {
        Object service = beans.getReference(bean, bean.getBeanClass(), beans.createCreationalContext(bean));
        return Arrays.stream(bean.getBeanClass().getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .flatMap(method -> Stream.of(false, true)
                        .limit(List.of(method.getParameterTypes()).contains(ResourceUpdate.class) ? 2 : 1)
                        .map(patches -> new RepositoryCall(service, method, patches)));
    }

    /** What comes of it, as text: what it returns, or what the caller is told. */
    String outcome(String id) {
        Object[] arguments = Arrays.stream(method.getParameters())
                .map(parameter -> argument(parameter, id))
                .toArray();
        try {
            Object result = method.invoke(service, arguments);
            for (Object argument : arguments) {
                if (argument instanceof ByteArrayOutputStream written) {
                    // The first line says when that was.
                    return "returned "
                            + written.toString(StandardCharsets.UTF_8).replaceFirst("[^\n]*\n", "");
                }
            }
            return "returned " + (result instanceof Record record ? RecordJson.text(record) : result);
        } catch (InvocationTargetException e) {
            return e.getCause() instanceof DomainException domain
                    ? "refused " + domain.type() + " " + domain.getMessage() + " " + domain.errors()
                    : "failed " + e.getCause();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object argument(Parameter parameter, String id) {
        Class<?> type = parameter.getType();
        if (type == String.class && (parameter.getName().equals("id") || REFERENCES.contains(parameter.getName()))) {
            return id;
        } else if (type == PageRequest.class) {
            return PageRequest.of("calls", null, null);
        } else if (type == ResourceUpdate.class) {
            return update((ParameterizedType) parameter.getParameterizedType(), id);
        } else if (type == OutputStream.class) {
            return new ByteArrayOutputStream();
        } else if (type == RealmExport.class) {
            return EXPORT;
        } else if (type.isRecord()) {
            return binder().bind(body(type, id), type.asSubclass(Record.class));
        } else if (type == String.class || type == Instant.class || type.isEnum()) {
            // The caller has no condition, the list no filter.
            return null;
        }
        throw new AssertionError("What is to be given for %s of %s?".formatted(parameter, this));
    }

    private ResourceUpdate<?> update(ParameterizedType type, String id) {
        Class<? extends Record> values = ((Class<?>) type.getActualTypeArguments()[0]).asSubclass(Record.class);
        Map<String, Object> body = body(values, id);
        return patches
                ? ResourceUpdate.by(new Patch(body), values, binder())
                : ResourceUpdate.to(binder().bind(body, values));
    }

    private static RecordBinder binder() {
        return CDI.current().select(RecordBinder.class).get();
    }

    /** A valid body, with the id for each thing it refers to. */
    private static Map<String, Object> body(Class<?> type, String id) {
        if (type == MoveRows.class) {
            String owner = CDI.current().select(RealmContext.class).get().ownerId();
            return Map.of(
                    "targetRealmId",
                    TwoRealms.spare(owner).toString(),
                    "documents",
                    List.of(id),
                    "detach",
                    true,
                    "dryRun",
                    true);
        }
        Map<String, Object> body = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = component.getName();
            if (name.endsWith("Id") && !REFERENCES.contains(name)) {
                throw new AssertionError("Does " + name + " of " + type + " refer to anything?");
            } else if (REFERENCES.contains(name)) {
                body.put(name, id);
            } else if (name.equals("port")) {
                body.put(name, BigDecimal.ONE);
            } else if (Set.of("name", "host", "type").contains(name)) {
                body.put(name, name.equals("type") ? "QDRANT" : "changed");
            }
        }
        return body;
    }

    @Override
    public String toString() {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .toList()
                + (patches ? " by a patch" : "");
    }
}
