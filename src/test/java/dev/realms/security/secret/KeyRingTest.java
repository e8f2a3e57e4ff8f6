package dev.realms.security.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.migration.schema.DatabaseTest;
import dev.realms.migration.schema.FreshDatabases;
import dev.realms.migration.schema.TestSql;
import dev.realms.security.secret.SecretBox.AssociatedData;
import dev.realms.settings.SecretKey;
import dev.realms.settings.SettingException;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DatabaseTest
@Tag("any-server")
class KeyRingTest {

    private static final AssociatedData PASSWORD = AssociatedData.ofField(new UUID(0, 1), "row", "password");

    private final SecretKey master = SecretKey.generate();
    private TestSql database;

    @BeforeEach
    void install() throws Exception {
        database = new TestSql(FreshDatabases.finalized());
    }

    @Test
    void makesTheFirstKeyOnceHoweverManyNodesStart() throws Exception {
        List<KeyRing> rings =
                IntStream.range(0, 8).parallel().mapToObj(i -> start()).toList();

        assertThat(rings)
                .extracting(ring -> ring.active().id())
                .containsOnly(rings.get(0).active().id());
        assertThat(database.ask("SELECT count(*) FROM migration.secret_keys WHERE activated_at IS NOT NULL"))
                .containsExactly("1");
        String sealed = new SecretBox(rings.get(0)).seal("text", PASSWORD);
        assertThat(new SecretBox(rings.get(7)).open(sealed, PASSWORD)).isEqualTo("text");
    }

    /** It would be wrapped by what is no node's key any more after the next restart. */
    @Test
    void aNodeWithTheMasterBeforeMakesNoNewKey() throws Exception {
        TestKeys.start(database.database(), master);
        SecretKey second = SecretKey.generate();
        TestKeys.start(database.database(), second, master);

        try (Connection connection = database.database().getConnection()) {
            assertThatThrownBy(() -> DataKeyTable.announce(connection, TestKeys.masters(master)))
                    .hasMessageStartingWith("Another node has a newer realms.secret-key");
            assertThat(DataKeyTable.announce(connection, TestKeys.masters(second)))
                    .isNotBlank();
        }
        // The key is changed once more before the other node has been started with the second.
        SecretKey third = SecretKey.generate();
        TestKeys.start(database.database(), third, second);
        assertThatThrownBy(() -> TestKeys.start(database.database(), second, master))
                .isInstanceOf(SettingException.class);
        TestKeys.start(database.database(), third);
    }

    @Test
    void changesTheMaster() throws Exception {
        String sealed = box(master).seal("text", PASSWORD);
        SecretKey next = SecretKey.generate();

        assertThat(box(next, master).open(sealed, PASSWORD)).isEqualTo("text");

        assertThat(box(next).open(sealed, PASSWORD)).isEqualTo("text");
        assertThatExceptionOfType(SettingException.class).isThrownBy(this::start);
    }

    @Test
    void isNotOpenedByAnotherMaster() throws Exception {
        start();
        List<String> before = database.ask("SELECT t::text FROM migration.secret_keys AS t ORDER BY 1");

        assertThatThrownBy(() -> TestKeys.start(database.database(), SecretKey.generate(), SecretKey.generate()))
                .isInstanceOf(SettingException.class)
                .hasMessage(
                        "realms.secret-key is not the key this database was used with: to change it, set the one before"
                                + " as realms.secret-key.previous.");

        assertThat(database.ask("SELECT t::text FROM migration.secret_keys AS t ORDER BY 1"))
                .isEqualTo(before);
    }

    @Test
    void isNotOpenedWhereAWrappedKeyWasChangedOrPutInAnothersPlace() throws Exception {
        start();
        try (Connection connection = database.database().getConnection()) {
            DataKeyTable.announce(connection, TestKeys.masters(master));
        }
        database.run(
                "UPDATE migration.secret_keys AS k SET wrapped = (SELECT wrapped FROM migration.secret_keys AS o WHERE o.id <> k.id)");

        assertThatExceptionOfType(SettingException.class).isThrownBy(this::start);
    }

    @Test
    void findsTheKeyThatAnotherNodeHasMade() throws Exception {
        SecretBox one = new SecretBox(start());
        KeyRing otherRing = start();
        String before = one.seal("before", PASSWORD);
        try (Connection connection = database.database().getConnection()) {
            String id = DataKeyTable.announce(connection, TestKeys.masters(master));
            DataKeyTable.activate(connection, id);
            otherRing.read();
            String sealed = new SecretBox(otherRing).seal("after", PASSWORD);
            assertThat(sealed).startsWith("realms:v1:" + id);

            Thread.sleep(1_100); // A ring that has just been read is not read again on demand.
            assertThat(one.open(sealed, PASSWORD)).isEqualTo("after");
            assertThat(new SecretBox(otherRing).open(before, PASSWORD)).isEqualTo("before");
        }
    }

    @Test
    void readsNoMoreThanOnceASecondForKeysThatNobodyHas() {
        AtomicInteger readings = new AtomicInteger();
        KeyRing ring = new KeyRing(TestKeys.masters(master), () -> {
            readings.incrementAndGet();
            return List.of();
        });

        for (int i = 0; i < 1_000; i++) {
            assertThat(ring.find("%08x".formatted(i))).isEmpty();
        }

        assertThat(readings.get()).isBetween(1, 3);
    }

    @Test
    void keepsWhatItKnowsWhenTheTableIsGone() throws Exception {
        KeyRing ring = start();
        String active = ring.active().id();

        database.run("DELETE FROM migration.secret_keys");
        ring.read();

        assertThat(ring.active().id()).isEqualTo(active);
    }

    @Test
    void showsNothingOfAKey() {
        assertThat(AeadKey.generate().toString()).matches("dev\\.realms\\.security\\.secret\\.AeadKey@[0-9a-f]+");
        assertThat(TestKeys.masters(master).toString())
                .matches("dev\\.realms\\.security\\.secret\\.MasterKeys@[0-9a-f]+");
    }

    private SecretBox box(SecretKey... keys) throws Exception {
        return new SecretBox(TestKeys.start(database.database(), keys));
    }

    private KeyRing start() {
        try {
            return TestKeys.start(database.database(), master);
        } catch (java.sql.SQLException fault) {
            throw new IllegalStateException(fault);
        }
    }
}
