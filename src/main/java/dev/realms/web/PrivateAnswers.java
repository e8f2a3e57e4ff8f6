package dev.realms.web;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;

/**
 * What the API answers is for its caller alone: no cache keeps it unless the resource says otherwise. What is told in a stream is for now: no
 * proxy collects or compresses it.
 */
@Provider
public class PrivateAnswers implements ContainerResponseFilter {

    private static final String PRIVATE = "private, no-store";

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext answer) {
        MultivaluedMap<String, Object> headers = answer.getHeaders();
        if (isStream(answer.getMediaType())) {
            headers.putSingle(HttpHeaders.CACHE_CONTROL, PRIVATE + ", no-transform");
            // No standard has it; nginx obeys it, and proxies that are like it.
            headers.putSingle("X-Accel-Buffering", "no");
        } else if (!headers.containsKey(HttpHeaders.CACHE_CONTROL)) {
            headers.putSingle(HttpHeaders.CACHE_CONTROL, PRIVATE);
        }
    }

    /** RESTEasy adds parameters of its own. */
    private static boolean isStream(MediaType type) {
        return type != null && MediaType.SERVER_SENT_EVENTS_TYPE.isCompatible(type);
    }
}
