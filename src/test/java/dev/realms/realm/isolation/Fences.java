package dev.realms.realm.isolation;

import dev.realms.realm.isolation.probe.IsolationProbe;
import dev.realms.testing.InServer;
import jakarta.enterprise.inject.spi.CDI;
import java.util.List;

/** Takes the database's fences away for a while, so that what stands behind them can be tested alone. */
@InServer
final class Fences {

    private static final String KEYS = """
            SELECT string_agg(format(%s), '; ' ORDER BY contype %s) FROM pg_constraint
            WHERE contype IN ('f', 'p') AND conparentid = 0 AND conrelid IN (SELECT attrelid FROM pg_attribute WHERE attname = 'realm_id')
              AND connamespace = 'realms'::regnamespace AND pg_get_constraintdef(oid) LIKE '%%(realm_id%%'""";

    private Fences() {}

    /** Without the primary keys and references that carry the realm. Leave no row behind that breaks them. */
    static void withoutKeys(Runnable act) {
        String drop =
                TwoRealms.query(KEYS.formatted("'ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname", ""));
        String add = TwoRealms.query(KEYS.formatted(
                "'ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)",
                "DESC"));
        TwoRealms.asOwner(drop);
        try {
            act.run();
        } finally {
            TwoRealms.asOwner(add);
            probeAgain();
        }
    }

    static void withoutRowLevelSecurity(Runnable act) {
        List<String> tables = TwoRealms.tables();
        tables.forEach(table -> TwoRealms.asOwner("ALTER TABLE " + table + " DISABLE ROW LEVEL SECURITY"));
        try {
            act.run();
        } finally {
            tables.forEach(table -> TwoRealms.asOwner("ALTER TABLE " + table + " ENABLE ROW LEVEL SECURITY"));
            probeAgain();
        }
    }

    /** The service may have seen it meanwhile. What it says afterwards is of after the repair. */
    private static void probeAgain() {
        CDI.current().select(IsolationProbe.class).get().look();
    }
}
