package dev.realms.migration.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StageTest {

    private static final Pattern BUILD = Pattern.compile("INDEX CONCURRENTLY IF NOT EXISTS (\\w+)");

    /** Else a half-built one would stay, and the next run would take it for done. */
    @ParameterizedTest
    @EnumSource
    void knowsTheIndexesItBuildsAndNoOther(Stage stage) throws IOException {
        for (Stage builder : Stage.values()) {
            Pattern known = Pattern.compile(stage.indexes().replace("%", ".*"));
            assertThat(indexes(builder))
                    .allSatisfy(index -> assertThat(known.matcher(index).matches())
                            .as(index)
                            .isEqualTo(indexes(stage).contains(index)));
        }
    }

    private static List<String> indexes(Stage stage) throws IOException {
        List<String> names = new ArrayList<>();
        try (var files = Files.list(Path.of("src/main/resources", stage.folder()))) {
            for (Path file : files.toList()) {
                BUILD.matcher(Files.readString(file)).results().forEach(found -> names.add(found.group(1)));
            }
        }
        return names;
    }
}
