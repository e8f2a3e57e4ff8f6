package dev.realms.security.secret;

import dev.realms.settings.SecretKey;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Boxes for tests of those who seal. */
public final class Boxes {

    private Boxes() {}

    /** What a node has that starts with a new master key. */
    public static SecretBox of(DataSource owner) throws SQLException {
        return new SecretBox(TestKeys.start(owner, SecretKey.generate()));
    }

    public static SecretBox withoutAKey() {
        return new SecretBox(new KeyRing(new MasterKeys(List.of()), List::of));
    }
}
