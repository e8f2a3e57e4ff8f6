package dev.realms.health;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** Runs the checks where the application server does not: the paths and the body of MicroProfile Health. */
public class HealthServlet extends HttpServlet {

    static final String MAPPING = "/health/*";

    private static final Map<String, List<Annotation>> KINDS = Map.of(
            "/live", List.of(Liveness.Literal.INSTANCE),
            "/ready", List.of(Readiness.Literal.INSTANCE),
            "/started", List.of(Startup.Literal.INSTANCE),
            "/", List.of(Liveness.Literal.INSTANCE, Readiness.Literal.INSTANCE, Startup.Literal.INSTANCE));

    @Inject
    @Any
    private transient Instance<HealthCheck> checks;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<Annotation> kinds = KINDS.get(request.getPathInfo() == null ? "/" : request.getPathInfo());
        if (kinds == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        List<HealthCheckResponse> results = kinds.stream()
                .flatMap(kind -> checks.select(kind).stream())
                .distinct()
                .map(HealthCheck::call)
                .toList();
        boolean up = results.stream().allMatch(result -> result.getStatus() == HealthCheckResponse.Status.UP);
        response.setStatus(up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(json(up, results).getBytes(StandardCharsets.UTF_8));
    }

    private static String json(boolean up, List<HealthCheckResponse> results) {
        JsonArrayBuilder checks = Json.createArrayBuilder();
        results.forEach(result -> checks.add(json(result)));
        return Json.createObjectBuilder()
                .add("status", up ? "UP" : "DOWN")
                .add("checks", checks)
                .build()
                .toString();
    }

    private static JsonObjectBuilder json(HealthCheckResponse result) {
        JsonObjectBuilder data = Json.createObjectBuilder();
        result.getData().ifPresent(map -> map.forEach((name, value) -> data.add(name, value.toString())));
        return Json.createObjectBuilder()
                .add("name", result.getName())
                .add("status", result.getStatus().name())
                .add("data", data);
    }
}
