package dev.realms.bench.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Beside the service, in the bench's deployment only: none of its filters, readers and writers apply here. */
@ApplicationPath("/bare")
public class BareApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(BareResource.class);
    }
}
