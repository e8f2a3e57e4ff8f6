package dev.realms.migration.control;

import dev.realms.migration.state.MigrationEvents;
import dev.realms.migration.state.MigrationEvents.MigrationEvent;
import dev.realms.web.PageRequest;
import dev.realms.web.Pages;
import dev.realms.web.ResponseSchema;
import dev.realms.web.problem.DomainException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.OptionalLong;

/**
 * {@code /api/admin/migration/events}: what was done, by whom and why. As JSON a list, newest first; as a server-sent stream
 * ({@code Accept: text/event-stream}) the events {@code state} and {@code act} from now on, or from {@code Last-Event-ID} on.
 */
@Path("/admin/migration/events")
@RequestScoped
public class MigrationEventsResource {

    @Inject
    private MigrationEvents events;

    @Inject
    private EventStreams streams;

    /** Lists what was done about the migration, by whom and why, newest first. As a server-sent stream the events {@code state} and {@code act} from now on, or from {@code Last-Event-ID} on. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @ResponseSchema(MigrationEvent.class)
    public Response list(@QueryParam("limit") String limit, @QueryParam("cursor") String cursor, @Context UriInfo uri) {
        return Pages.answer(events.page(PageRequest.of(MigrationEvents.LIST, limit, cursor)), uri);
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS + ";qs=0.5")
    public void stream(@HeaderParam("Last-Event-ID") String last, @Context SseEventSink sink, @Context Sse sse) {
        streams.open(sink, sse, id(last));
    }

    @HEAD
    @Produces(MediaType.APPLICATION_JSON)
    public Response describeList(
            @QueryParam("limit") String limit, @QueryParam("cursor") String cursor, @Context UriInfo uri) {
        return list(limit, cursor, uri);
    }

    /** Without it the server would begin a stream that nobody reads, and an answer that never ends. */
    @HEAD
    @Produces(MediaType.SERVER_SENT_EVENTS + ";qs=0.5")
    public Response describeStream() {
        return Response.ok().type(MediaType.SERVER_SENT_EVENTS).build();
    }

    private static OptionalLong id(String last) {
        if (last == null || last.isBlank()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(last.strip()));
        } catch (NumberFormatException e) {
            throw DomainException.invalid("Last-Event-ID", "must be the id of an event");
        }
    }
}
