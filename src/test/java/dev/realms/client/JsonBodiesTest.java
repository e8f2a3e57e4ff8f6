package dev.realms.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.web.json.Change;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How the client writes what may be kept, cleared or set. */
class JsonBodiesTest {

    static Stream<Class<?>> recordsWithChanges() {
        return Arrays.stream(RealmsClient.class.getMethods())
                .flatMap(part -> Arrays.stream(part.getReturnType().getMethods()))
                .<Class<?>>flatMap(method -> Arrays.stream(method.getParameterTypes()))
                .filter(Class::isRecord)
                .distinct()
                .filter(type -> Arrays.stream(type.getRecordComponents()).anyMatch(JsonBodiesTest::isChange));
    }

    @ParameterizedTest
    @MethodSource("recordsWithChanges")
    void leavesOutWhatIsKeptAndWritesWhatChanges(Class<?> type) throws Exception {
        assertThat(written(type, null)).isEqualTo("{}");
        assertThat(written(type, new Change<>(null))).isEqualTo(changes(type, "null"));
        UUID value = UUID.randomUUID();
        assertThat(written(type, value)).isEqualTo(changes(type, "\"" + value + "\""));
    }

    private static String written(Class<?> type, Object change) throws ReflectiveOperationException, IOException {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(component -> !isChange(component) ? null : change instanceof UUID id ? of(component, id) : change)
                .toArray();
        Constructor<?> constructor = type.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        new JsonBodies().writeTo(constructor.newInstance(values), type, type, null, null, null, body);
        return body.toString(StandardCharsets.UTF_8);
    }

    private static Change<?> of(RecordComponent component, UUID value) {
        return new Change<>(component.getGenericType().getTypeName().contains("UUID") ? value : value.toString());
    }

    private static String changes(Class<?> type, String value) {
        return Arrays.stream(type.getRecordComponents())
                .filter(JsonBodiesTest::isChange)
                .map(component -> "\"" + component.getName() + "\":" + value)
                .sorted()
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static boolean isChange(RecordComponent component) {
        return component.getType() == Change.class;
    }
}
