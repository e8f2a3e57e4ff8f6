import jakarta.ws.rs.client.ClientRequestFilter;
import java.net.URI;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.openapitools.client.api.DocumentsApi;

/** Lists the documents of a realm by name, through the generated client. */
public final class ListDocuments {

    private ListDocuments() {}

    public static String list(URI base, String token, UUID realm) throws Exception {
        DocumentsApi documents = RestClientBuilder.newBuilder()
                .baseUri(base)
                .property("microprofile.rest.client.disable.default.mapper", true)
                .register((ClientRequestFilter)
                        request -> request.getHeaders().putSingle("Authorization", "Bearer " + token))
                .build(DocumentsApi.class);
        return documents.listDocuments(realm, null, null, "name", 2, null, null, null, null).getItems().stream()
                .map(document -> document.getName() + " " + document.getState())
                .collect(Collectors.joining(","));
    }
}
