package dev.realms.realm.event;

import dev.realms.realm.isolation.RealmContext;
import dev.realms.web.DescribedAs;
import dev.realms.web.PageRequest;
import dev.realms.web.Pages;
import dev.realms.web.QueryValue;
import dev.realms.web.ResponseSchema;
import dev.realms.web.admission.Resilient;
import dev.realms.web.problem.DomainException;
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
import java.util.Arrays;
import java.util.stream.Collectors;

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
        EventKind only = kind(kind);
        String list = "events-%s-%s-%s".formatted(realm.realmId(), only, from);
        return Pages.answer(events.list(PageRequest.of(list, limit, cursor), only, from), uri);
    }

    /**
     * @param text as the caller wrote it, or null, which gives null
     * @throws DomainException {@code validation}
     */
    private static EventKind kind(String text) {
        return text == null
                ? null
                : Arrays.stream(EventKind.values())
                        .filter(kind -> kind.text().equals(text))
                        .findFirst()
                        .orElseThrow(() -> DomainException.invalid(
                                "kind",
                                "must be one of "
                                        + Arrays.stream(EventKind.values())
                                                .map(EventKind::text)
                                                .collect(Collectors.joining(", "))));
    }
}
