package dev.realms.web;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** Resources and providers are found by scanning; public because WildFly asks for it. */
@ApplicationPath("/api")
public class RealmsApplication extends Application {

    /** Jersey would put the host that the caller names before each path in {@code Location}. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.headers.location.relative.resolution.disabled", true);
    }
}
