package dev.realms.web;

import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.FieldError;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Refuses query parameters that the matched method does not take: a misspelled filter would let everything through. */
@Provider
@ApplicationScoped
@Priority(Priorities.ENTITY_CODER)
public class KnownParameters implements ContainerRequestFilter {

    private final ConcurrentMap<Method, Set<String>> known = new ConcurrentHashMap<>();

    @Context
    private ResourceInfo matched;

    /** @throws DomainException {@code validation}, naming them */
    @Override
    public void filter(ContainerRequestContext request) {
        Set<String> given = request.getUriInfo().getQueryParameters().keySet();
        Method method = matched.getResourceMethod();
        if (given.isEmpty() || method == null) {
            return;
        }
        Set<String> unknown = new TreeSet<>(given);
        // What RESTEasy makes of an & too many.
        unknown.remove("");
        unknown.removeAll(known.computeIfAbsent(method, KnownParameters::of));
        if (!unknown.isEmpty()) {
            throw DomainException.invalid(unknown.stream()
                    .map(name -> new FieldError(name, "is not a parameter of this resource"))
                    .toList());
        }
    }

    /** The parameters of a method, and in place of those that bundle some the fields of these. */
    public static Stream<AnnotatedElement> declared(Method method) {
        return Arrays.stream(method.getParameters())
                .flatMap(parameter -> parameter.isAnnotationPresent(BeanParam.class)
                        ? Arrays.stream(parameter.getType().getDeclaredFields())
                        : Stream.of(parameter));
    }

    private static Set<String> of(Method method) {
        return declared(method)
                .map(element -> element.getAnnotation(QueryParam.class))
                .filter(annotation -> annotation != null)
                .map(QueryParam::value)
                .collect(Collectors.toSet());
    }
}
