package dev.realms.security.secret;

import dev.realms.ops.OwnerDatabase;
import dev.realms.settings.SecretKey;
import dev.realms.settings.SettingException;
import dev.realms.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** This node's keys, and the box that uses them. */
@ApplicationScoped
class InstallationKeys {

    private OwnerDatabase database;
    private MasterKeys masters = new MasterKeys(List.of());
    private KeyRing ring;

    InstallationKeys() {}

    @Inject
    InstallationKeys(OwnerDatabase database) {
        this.database = database;
    }

    /** @throws SettingException when a key is missing or wrong */
    void readSettings(Settings settings) {
        Stream<SecretKey> keys = settings.serving()
                ? Stream.concat(Stream.of(settings.requireSecretKey()), settings.previousSecretKey().stream())
                : Stream.of(settings.secretKey(), settings.previousSecretKey()).flatMap(Optional::stream);
        masters = new MasterKeys(keys.toList());
        ring = new KeyRing(masters, () -> database.ask(DataKeyTable::read));
    }

    /** @throws SettingException when the database has a key that no master opens */
    void open() {
        if (masters.isEmpty()) {
            return;
        }
        database.ask(connection -> {
            DataKeyTable.prepare(connection, masters);
            return null;
        });
        ring.read();
    }

    MasterKeys masters() {
        return masters;
    }

    KeyRing ring() {
        return ring;
    }

    @Produces
    SecretBox box() {
        return new SecretBox(ring);
    }
}
