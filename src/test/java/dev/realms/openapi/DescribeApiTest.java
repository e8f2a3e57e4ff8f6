package dev.realms.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.sql.TextResource;
import dev.realms.web.ResponseSchema;
import dev.realms.web.problem.FieldError;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The description of the API as the build has written it. */
class DescribeApiTest {

    private static final java.nio.file.Path SOURCES = java.nio.file.Path.of("src/test/java");
    private static final Tree API = TreeJson.read(TextResource.read("META-INF/openapi.json"));

    @Test
    void everyOperationSaysWhatItIs() {
        assertThat(operations()).hasSizeGreaterThan(80).allSatisfy((name, operation) -> {
            assertThat(operation.get("summary").toString()).isNotBlank().doesNotEndWith(".");
            assertThat(operation.get("description").toString()).isNotBlank();
            assertThat((List<?>) operation.get("tags")).hasSize(1);
            assertThat(operation).containsKeys("operationId", "security", "responses");
        });
        assertThat(operations().values().stream().map(operation -> operation.get("operationId")))
                .doesNotHaveDuplicates();
    }

    @Test
    void boundsAreThoseOfTheRecords() {
        assertThat(schema("CreateServer")).containsEntry("required", List.of("name", "type", "host", "port"));
        assertThat(member("CreateServer", "port")).containsEntry("minimum", 1L).containsEntry("maximum", 65_535L);
        assertThat(member("CreateServer", "name"))
                .containsEntry("minLength", 1L)
                .containsEntry("maxLength", 500L);
        assertThat(member("CreateDocument", "state")).containsEntry("default", "PENDING");
        assertThat(member("UpdateDocument", "state")).containsEntry("type", "string");
        assertThat(member("UpdateDocument", "databaseId")).containsEntry("type", List.of("string", "null"));
        assertThat(schema("PatchDocument")).doesNotContainKey("required").containsEntry("additionalProperties", false);
    }

    @Test
    void answersAndProblemsFollowFromTheMethod() {
        Tree update = operations().get("put /api/realms/{realmId}/databases/{id}");

        assertThat(update.child("responses"))
                .containsOnlyKeys(
                        "200", "400", "401", "403", "404", "406", "408", "409", "412", "413", "415", "429", "500",
                        "503");
        assertThat(update.child("responses").child("404").get("$ref").toString())
                .endsWith("/NotFoundOrRealmNotFound");
        assertThat(update.child("responses").child("409").get("$ref").toString())
                .endsWith("/NameTakenOrEmailTaken");
        assertThat(update.child("responses").child("200").child("headers")).containsKey("ETag");
    }

    @Test
    void yamlSaysTheSame() {
        assertThat(TreeYaml.write(API)).isEqualTo(TextResource.read("META-INF/openapi.yaml"));
        assertThat(TreeYaml.write(Tree.of("a", "no")
                        .with("b", List.of(Tree.of("c", 1).with("d", List.of())))))
                .isEqualTo("""
                        a: "no"
                        b:
                          - c: 1
                            d: []
                        """);
    }

    @Path("/me")
    static class SilentResource {

        @GET
        @ResponseSchema(FieldError.class)
        public Response silent() {
            return null;
        }
    }

    @Path("/me")
    static class SecretiveResource {

        /** Tells nobody what it answers. */
        @GET
        public Response secretive() {
            return null;
        }
    }

    @Test
    void whoSaysNothingFailsTheBuild() {
        assertThatThrownBy(() -> operation(SilentResource.class)).hasMessageContaining("has no Javadoc");
        assertThatThrownBy(() -> operation(SecretiveResource.class)).hasMessageContaining("@ResponseSchema");
    }

    private static Tree operation(Class<?> resource) {
        List<ResourceMethod> methods = ResourceMethod.of(resource).toList();
        SourceDocs docs = SourceDocs.read(SOURCES.resolve("dev/realms/openapi"));
        SchemaTrees schemas = new SchemaTrees(docs);
        Examples examples = new Examples(SOURCES);
        AnswerTrees answers = new AnswerTrees(schemas, examples, methods);
        return new OperationTrees(docs, schemas, examples, answers, methods).of(methods.get(0));
    }

    private static Map<String, Tree> operations() {
        Map<String, Tree> operations = new TreeMap<>();
        API.child("paths")
                .forEach((path, verbs) -> ((Tree) verbs)
                        .forEach((verb, operation) -> operations.put(verb + " " + path, (Tree) operation)));
        return operations;
    }

    private static Tree schema(String name) {
        return API.child("components").child("schemas").child(name);
    }

    private static Tree member(String schema, String name) {
        return schema(schema).child("properties").child(name);
    }
}
