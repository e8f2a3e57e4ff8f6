package dev.realms.migration.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.testing.Node;
import dev.realms.testing.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A database of somebody else is not served, and not touched. */
class ForeignDatabaseIT {

    @Test
    void isRefused() {
        TestDatabase.resetToEmpty();
        TestDatabase.asOwner("CREATE TABLE orders (id int)");

        try (Node node = Node.start("foreign", Map.of())) {
            assertThat(node.awaitRefusal())
                    .contains("REALMS CANNOT START: The database is neither empty nor of the pre-realm shape: it has a"
                            + " table orders but no table api_keys.");
        }

        assertThat(TestDatabase.query(
                        "SELECT string_agg(relname, ' ') FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
                .isEqualTo("orders");
    }
}
