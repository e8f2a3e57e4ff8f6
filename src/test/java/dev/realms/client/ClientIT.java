package dev.realms.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.realms.document.CreateDocument;
import dev.realms.document.DocumentState;
import dev.realms.document.DocumentView;
import dev.realms.document.UpdateDocument;
import dev.realms.realm.CreateRealm;
import dev.realms.realm.event.RealmEventView;
import dev.realms.realm.transfer.RealmImport;
import dev.realms.server.CreateServer;
import dev.realms.server.ServerType;
import dev.realms.server.ServerView;
import dev.realms.server.UpdateServer;
import dev.realms.testing.DatabaseState;
import dev.realms.testing.OnDatabase;
import dev.realms.testing.TestServer;
import dev.realms.testing.TestUser;
import dev.realms.web.json.Change;
import dev.realms.web.problem.FieldError;
import jakarta.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The service through its client. */
@OnDatabase(DatabaseState.FINALIZED)
class ClientIT {

    private final URI base = URI.create("http://127.0.0.1:" + TestServer.base().getPort());
    private final TestUser user = TestUser.signIn(base);
    private final UUID realm = UUID.fromString(user.realmId());
    private final RealmsClient client = RealmsClient.at(base).as(user.token());

    @AfterEach
    void close() throws IOException {
        client.close();
    }

    @Test
    void makesReadsAndChanges() {
        DocumentsApi documents = client.documents();

        Tagged<DocumentView> made = documents.create(realm, null, document("Übersicht 数据.pdf"));
        Tagged<DocumentView> read = documents.get(realm, made.value().id());
        Tagged<DocumentView> patched = documents.patch(
                realm,
                read.value().id(),
                read.etag(),
                Json.createObjectBuilder().add("state", "INGESTING").build());

        assertThat(read).isEqualTo(made);
        assertThat(read.value().name()).isEqualTo("Übersicht 数据.pdf");
        assertThat(patched.value().state()).isEqualTo(DocumentState.INGESTING);
        assertThat(patched.etag()).isNotEqualTo(read.etag());
    }

    @Test
    void listsPageAfterPage() {
        DocumentsApi documents = client.documents();
        IntStream.rangeClosed(1, 5).forEach(i -> documents.create(realm, null, document("paper " + i)));
        documents.create(realm, null, document("other"));
        ListQuery papers = ListQuery.ALL.named("PAPER").byName().atMost(2);

        List<String> names = PageStream.of(
                        cursor -> documents.list(realm, null, DocumentState.PENDING, null, papers.after(cursor)))
                .map(DocumentView::name)
                .toList();

        assertThat(names).containsExactly("paper 1", "paper 2", "paper 3", "paper 4", "paper 5");
    }

    @Test
    void tellsProblemsByTheirCode() {
        DocumentsApi documents = client.documents();
        Tagged<DocumentView> made = documents.create(realm, null, document("a"));
        documents.update(realm, made.value().id(), made.etag(), renamed("b"));

        ProblemException stale = catchThrowableOfType(
                ProblemException.class,
                () -> documents.delete(realm, made.value().id(), made.etag()));
        ProblemException invalid =
                catchThrowableOfType(ProblemException.class, () -> documents.create(realm, null, document(" ")));
        ProblemException elsewhere = catchThrowableOfType(
                ProblemException.class,
                () -> documents.get(UUID.randomUUID(), made.value().id()));

        assertThat(stale.code()).isEqualTo("stale");
        assertThat(invalid.code()).isEqualTo("validation");
        assertThat(invalid.errors()).containsExactly(new FieldError("name", "must not be blank"));
        assertThat(elsewhere.code()).isEqualTo("realm-not-found");
        assertThat(elsewhere.status()).isEqualTo(404);
    }

    @Test
    void takesARealmAlong() throws IOException {
        String passphrase = "fake passphrase of a test";
        client.documents().create(realm, null, document("a"));

        byte[] lines;
        try (InputStream export = client.realms().exportRealm(realm, passphrase)) {
            lines = export.readAllBytes();
        }
        RealmImport dry = client.realms().importRealm(null, null, true, "Lab", new ByteArrayInputStream(lines));
        RealmImport made = client.realms().importRealm("key", passphrase, null, "Lab", new ByteArrayInputStream(lines));
        ProblemException taken = catchThrowableOfType(
                ProblemException.class,
                () -> client.realms().importRealm(null, null, null, "Lab", new ByteArrayInputStream(lines)));

        assertThat(dry.realmId()).isNull();
        assertThat(dry.idsTaken()).isEqualTo(1);
        assertThat(made.imported().documents()).isEqualTo(1);
        assertThat(client.realms().get(made.realmId()).value().name()).isEqualTo("Lab");
        assertThat(taken.code()).isEqualTo("realm-name-taken");
    }

    /** Null is "as it was", a change to null takes it away. */
    @Test
    void changesSecretsOnlyWhenAsked() {
        ServersApi servers = client.servers();
        ServerView made = servers.create(
                        realm,
                        null,
                        new CreateServer(
                                "s",
                                ServerType.QDRANT,
                                "localhost",
                                6333,
                                "u",
                                "fake-password",
                                null,
                                null,
                                null,
                                null,
                                null))
                .value();

        ServerView kept = update(made, null);
        ServerView taken = update(made, new Change<>(null));
        ServerView given = update(made, new Change<>("fake-password-2"));

        assertThat(List.of(made, kept, taken, given))
                .extracting(ServerView::hasPassword)
                .containsExactly(true, true, false, true);
    }

    @Test
    void tellsWhatHappened() {
        UUID lab = client.realms()
                .create(null, new CreateRealm("Lab", null))
                .value()
                .id();

        List<RealmEventView> events = client.realms()
                .listEvents(lab, Instant.EPOCH.toString(), "realm-made", 10, null)
                .items();

        assertThat(events)
                .extracting(event -> event.details().getString("name"))
                .containsExactly("Lab");
    }

    @Test
    void runsInsideAServer() {
        assertThat(user.api().get(user.path("/documents/trial")).body()).isEqualTo("second stale");
    }

    private ServerView update(ServerView server, Change<String> password) {
        UpdateServer values = new UpdateServer(
                server.name(),
                server.type(),
                server.host(),
                server.port(),
                null,
                password,
                null,
                null,
                null,
                null,
                null);
        return client.servers().update(realm, server.id(), null, values).value();
    }

    private static UpdateDocument renamed(String name) {
        return new UpdateDocument(name, "pdf", null, null, null, null, null, null);
    }

    private static CreateDocument document(String name) {
        return new CreateDocument(name, "pdf", null, null, null, null, null, null);
    }
}
