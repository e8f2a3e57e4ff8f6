package dev.realms.client;

import dev.realms.document.CreateDocument;
import dev.realms.document.DocumentState;
import dev.realms.document.DocumentView;
import dev.realms.testing.InServer;
import jakarta.enterprise.context.RequestScoped;
import jakarta.json.Json;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.net.URI;
import java.util.UUID;
import java.util.stream.Collectors;

/** Calls the service from inside an application server, with what this server has for MicroProfile Rest Client. */
@InServer
@Path("/realms/{realmId}/documents/trial")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class TrialClientResource {

    @GET
    public String call(
            @PathParam("realmId") UUID realm,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer,
            @Context UriInfo uri)
            throws IOException {
        try (RealmsClient client = RealmsClient.at(
                        URI.create("http://127.0.0.1:" + uri.getBaseUri().getPort()))
                .as(bearer.substring("Bearer ".length()))) {
            DocumentsApi documents = client.documents();
            Tagged<DocumentView> first = documents.create(realm, null, document("first"));
            documents.create(realm, null, document("second"));
            documents.patch(
                    realm,
                    first.value().id(),
                    first.etag(),
                    Json.createObjectBuilder().add("state", "INGESTED").build());
            return PageStream.of(cursor -> documents.list(
                                    realm,
                                    null,
                                    DocumentState.PENDING,
                                    null,
                                    ListQuery.ALL.atMost(1).after(cursor)))
                            .map(DocumentView::name)
                            .collect(Collectors.joining())
                    + " " + refusal(documents, realm, first);
        }
    }

    private static String refusal(DocumentsApi documents, UUID realm, Tagged<DocumentView> stale) {
        try {
            documents.delete(realm, stale.value().id(), stale.etag());
            return "none";
        } catch (ProblemException e) {
            return e.code();
        }
    }

    private static CreateDocument document(String name) {
        return new CreateDocument(name, "pdf", null, null, null, null, null, null);
    }
}
