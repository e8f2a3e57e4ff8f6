package dev.realms.openapi;

import dev.realms.web.Idempotent;
import dev.realms.web.KnownParameters;
import dev.realms.web.PathTemplate;
import dev.realms.web.ResponseSchema;
import dev.realms.web.body.KeptBody;
import dev.realms.web.json.JsonLines;
import jakarta.servlet.annotation.WebServlet;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A method that answers requests: of a resource, or of a servlet that says what it answers.
 *
 * @param verb such as {@code GET}
 * @param template below {@code /api} for a resource, whole for a servlet
 */
record ResourceMethod(Class<?> resource, Method method, String verb, String template) {

    private static final String API = "/api";
    private static final Pattern SERVLET_METHOD = Pattern.compile("do(Get|Post)");

    /** All of a class; none where it is neither resource nor servlet. */
    static Stream<ResourceMethod> of(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .flatMap(method -> Stream.concat(ofResource(type, method).stream(), ofServlet(type, method).stream()));
    }

    private static Optional<ResourceMethod> ofResource(Class<?> type, Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(verb -> verb != null && !verb.value().equals(HttpMethod.HEAD))
                .findFirst()
                .flatMap(verb -> PathTemplate.of(type, method)
                        .map(template -> new ResourceMethod(type, method, verb.value(), template)));
    }

    private static Optional<ResourceMethod> ofServlet(Class<?> type, Method method) {
        WebServlet servlet = type.getAnnotation(WebServlet.class);
        return servlet != null
                        && method.isAnnotationPresent(ResponseSchema.class)
                        && SERVLET_METHOD.matcher(method.getName()).matches()
                ? Optional.of(new ResourceMethod(
                        type, method, method.getName().substring(2).toUpperCase(Locale.ROOT), servlet.value()[0]))
                : Optional.empty();
    }

    boolean isServlet() {
        return resource.isAnnotationPresent(WebServlet.class);
    }

    /** From the root of the server. */
    String path() {
        return isServlet() ? template : API + template;
    }

    /** What the paths of all methods of its class begin with, as {@link #template}. */
    String root() {
        return isServlet() ? template : resource.getAnnotation(Path.class).value();
    }

    /** Whether it answers events as they come, on the path of another method. */
    boolean isStream() {
        return takes(SseEventSink.class);
    }

    /** Whether it answers a page. */
    boolean isList() {
        return parameters(QueryParam.class, QueryParam::value).anyMatch("cursor"::equals);
    }

    /** Whether it says 304 to who has the same already. */
    boolean isConditional() {
        return takes(Request.class);
    }

    boolean isIdempotent() {
        return method.isAnnotationPresent(Idempotent.class);
    }

    boolean takesHeader(String name) {
        return parameters(HeaderParam.class, HeaderParam::value).anyMatch(name::equals);
    }

    /** The record, or the lines, that are sent. */
    Optional<Parameter> body() {
        return Arrays.stream(method.getParameters())
                .filter(parameter -> parameter.getType().isRecord() || isLines(parameter))
                .findFirst();
    }

    /** Whether it is sent as JSON Lines. */
    static boolean isLines(Parameter parameter) {
        return KeptBody.class.isAssignableFrom(parameter.getType());
    }

    /** Whether it answers JSON Lines. */
    boolean answersLines() {
        Produces types = method.getAnnotation(Produces.class);
        return types != null && Arrays.asList(types.value()).contains(JsonLines.MEDIA_TYPE);
    }

    /** Whether it can be asked what it would do. */
    boolean hasDryRun() {
        return parameters(QueryParam.class, QueryParam::value).anyMatch("dryRun"::equals);
    }

    /** What is answered when all is well; empty where nothing is. */
    Optional<Class<?>> view() {
        if (method.getReturnType() == void.class && !isServlet()) {
            return Optional.empty();
        } else if (method.getReturnType().isRecord()) {
            return Optional.of(method.getReturnType());
        }
        return Optional.of(answers()
                .orElseThrow(() -> new IllegalStateException(this + " does not say what it answers: @ResponseSchema"))
                .value());
    }

    int status() {
        int said = answers().map(ResponseSchema::status).orElse(0);
        if (view().isEmpty()) {
            return 204;
        } else if (said != 0 || isServlet()) {
            return said == 0 ? 200 : said;
        } else if (!verb.equals(HttpMethod.POST)) {
            return 200;
        }
        return method.getAnnotation(Idempotent.class).act() ? 202 : 201;
    }

    /** Whether it may put headers beside what it answers. */
    boolean answersResponse() {
        return method.getReturnType() == Response.class;
    }

    /** A name that no other operation has, such as {@code listServers} and {@code createServer}. */
    String id() {
        String noun = resource.getSimpleName().replaceFirst("(Resource|Servlet)$", "");
        String name = isServlet() ? verb.toLowerCase(Locale.ROOT) : method.getName();
        if (!name.matches("[a-z]+")) {
            return name;
        }
        return name + (isOfOne(name) ? noun.replaceFirst("s$", "") : noun);
    }

    private boolean isOfOne(String name) {
        return verb.equals(HttpMethod.POST)
                || !name.equals("list")
                        && Arrays.stream(resource.getDeclaredMethods())
                                .flatMap(each -> Arrays.stream(each.getParameters()))
                                .anyMatch(parameter -> parameter.isAnnotationPresent(PathParam.class));
    }

    private Optional<ResponseSchema> answers() {
        return Stream.of(method.getAnnotation(ResponseSchema.class), resource.getAnnotation(ResponseSchema.class))
                .filter(answers -> answers != null)
                .findFirst();
    }

    private boolean takes(Class<?> type) {
        return Arrays.asList(method.getParameterTypes()).contains(type);
    }

    private <A extends Annotation> Stream<String> parameters(Class<A> kind, Function<A, String> name) {
        return KnownParameters.declared(method)
                .filter(parameter -> parameter.isAnnotationPresent(kind))
                .map(parameter -> name.apply(parameter.getAnnotation(kind)));
    }

    @Override
    public String toString() {
        return verb + " " + path() + " (" + resource.getSimpleName() + "." + method.getName() + ")";
    }
}
