package dev.realms.http;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Resources and providers are found by scanning; public because WildFly asks for it. */
@ApplicationPath("/api")
public class RealmsApplication extends Application {}
