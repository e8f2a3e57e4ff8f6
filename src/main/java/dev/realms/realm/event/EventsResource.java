package dev.realms.realm.event;

import dev.realms.realm.isolation.RealmContext;
import dev.realms.web.DescribedAs;
import dev.realms.web.PageRequest;
import dev.realms.web.QueryValue;
import dev.realms.web.ResponseSchema;
import dev.realms.web.admission.Resilient;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;

/** {@code /api/realms/{realmId}/events}: what happened in the realm and to it. */
@Path("/realms/{realmId}/events")
@ApplicationScoped
@Resilient
@Produces(MediaType.APPLICATION_JSON)
@ResponseSchema(RealmEventView.class)
public class EventsResource {

    @EJB
    private EventService events;

    @Inject
    private RealmContext realm;

    /** Lists what happened in a realm and to it, newest first. */
    @GET
    public Response list(
            @QueryParam("since") @DescribedAs(Instant.class) String since,
            @QueryParam("kind") @DescribedAs(EventKind.class) String kind,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor,
            @Context UriInfo uri) {
        Instant from = QueryValue.of("since", since, Instant.class);
        EventKind only = EventKind.parse(kind);
        String list = "events-%s-%s-%s".formatted(realm.realmId(), only, from);
        return events.list(PageRequest.of(list, limit, cursor), only, from).answer(uri);
    }
}
