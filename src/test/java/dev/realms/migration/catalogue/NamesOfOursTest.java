package dev.realms.migration.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.TestSql;
import dev.realms.testing.oldapplication.OldApplicationShape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The list of names that the catalogue is asked about, held against what we make. */
@DatabaseTest
class NamesOfOursTest {

    private static final String NAMES = """
            WITH schema AS (SELECT oid FROM pg_namespace WHERE nspname = '%s'), relations AS (SELECT c.* FROM pg_class AS c JOIN schema ON schema.oid = relnamespace WHERE NOT relispartition)
            SELECT 'relation ' || relname FROM relations WHERE relkind IN ('r', 'p', 'i', 'I', 'v', 'S')
            UNION SELECT 'column ' || relname || '.' || attname FROM pg_attribute JOIN relations AS c ON c.oid = attrelid
              WHERE relkind = 'r' AND attnum > 0 AND NOT attisdropped
            UNION SELECT 'constraint ' || relname || '.' || conname FROM pg_constraint JOIN relations AS c ON c.oid = conrelid
              WHERE contype IN ('p', 'u', 'f', 'c')
            UNION SELECT 'variable ' || name FROM pg_proc JOIN schema ON schema.oid = pronamespace,
              LATERAL (SELECT unnest(proargnames) UNION SELECT unnest(regexp_matches(prosrc, '\\m(?:p|v)_\\w+', 'g'))) AS v (name) WHERE name ~ '^(p|v)_'
            UNION SELECT 'trigger ' || relname || '.' || tgname FROM pg_trigger JOIN relations AS c ON c.oid = tgrelid WHERE NOT tgisinternal
            """;

    private static final String OF_A_PRE_REALM_TABLE =
            "(column|constraint|trigger) (users|user_settings|database_servers|databases|documents|jobs|api_keys)\\..*";

    private static final Pattern BUILT = Pattern.compile("INDEX CONCURRENTLY IF NOT EXISTS (\\w+)");

    private static final Pattern ALTERED = Pattern.compile("ALTER TABLE (?:\\w+\\.)?(\\w+)([^;]*)");

    private static final Pattern ADDED = Pattern.compile("ADD CONSTRAINT (\\w+)");

    @Test
    void namesEverythingThatWeMake() throws Exception {
        TreeSet<String> made = namedInScripts();
        for (DataSource database :
                List.of(FreshDatabases.expanded(), FreshDatabases.migrated(), FreshDatabases.finalized())) {
            made.addAll(new TestSql(database).ask(NAMES.formatted("realms")));
        }
        for (OldApplicationShape shape : OldApplicationShape.values()) {
            TestSql before = new TestSql(FreshDatabases.empty());
            before.run(shape.schema());
            made.removeAll(before.ask(NAMES.formatted("public")));
        }
        // Of tables of our own only the table's name can be taken.
        made.removeIf(name -> name.contains(".") && !name.matches(OF_A_PRE_REALM_TABLE));
        assertThat(String.join("\n", made)).isEqualTo(listed());
    }

    /** Also what gets another name on the way. */
    private static TreeSet<String> namedInScripts() throws IOException {
        TreeSet<String> names = new TreeSet<>();
        try (Stream<Path> scripts = Files.walk(Path.of("src/main/resources/db"))) {
            for (Path file : scripts.filter(path -> path.toString().matches(".*/(expand|contract)/.*sql"))
                    .toList()) {
                String script = Files.readString(file);
                BUILT.matcher(script).results().forEach(index -> names.add("relation " + index.group(1)));
                ALTERED.matcher(script)
                        .results()
                        .forEach(table -> ADDED.matcher(table.group(2))
                                .results()
                                .forEach(added -> names.add("constraint " + table.group(1) + "." + added.group(1))));
            }
        }
        return names;
    }

    private static String listed() throws IOException {
        try (var names = NamesOfOursTest.class.getResourceAsStream("/db/names-of-ours.txt")) {
            return new String(names.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
