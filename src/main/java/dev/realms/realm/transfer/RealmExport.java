package dev.realms.realm.transfer;

import dev.realms.realm.RealmView;
import dev.realms.security.secret.PassphraseBox;
import java.time.Instant;
import java.util.Optional;

/**
 * An export that has begun.
 *
 * @param secrets seals the credentials; empty where they are left out
 */
public record RealmExport(RealmView realm, Optional<PassphraseBox> secrets) {

    RealmLine line(Instant moment) {
        return new RealmLine(
                RealmLine.KIND,
                RealmLine.VERSION,
                realm.name(),
                realm.description(),
                moment,
                secrets.map(PassphraseBox::salt).orElse(null));
    }
}
