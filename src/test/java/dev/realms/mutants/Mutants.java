package dev.realms.mutants;

import java.util.List;

/** The defects that the suite must catch, the ways in which isolation is lost in practice among them. */
final class Mutants {

    private static final String JAVA = "src/main/java/dev/realms/";
    private static final String OPENING = "src/main/resources/db/contract/V32__open_realm_directly.sql";
    private static final String POLICIES = "contract/V38__user_settings_row_level_security.sql";
    private static final String KEYS = "contract/V25__api_keys_primary_key.sql";

    static final List<Mutant> ALL = List.of(
            Mutant.sql(
                    "A table has no policy",
                    "row-level security",
                    POLICIES,
                    "DROP POLICY documents_of_open_realm ON documents; ALTER TABLE documents DISABLE ROW LEVEL SECURITY;"),
            Mutant.sql(
                    "A second policy lets everybody in",
                    "row-level security",
                    POLICIES,
                    "CREATE POLICY jobs_for_reports ON jobs FOR SELECT USING (true);"),
            Mutant.sql(
                    "A policy binds reads only",
                    "row-level security",
                    POLICIES,
                    "ALTER POLICY databases_of_open_realm ON databases WITH CHECK (true);"),
            Mutant.of(
                    "The realm is opened for the session, not the transaction",
                    "row-level security",
                    OPENING,
                    "set_config('app.realm_id', id::text, true)",
                    "set_config('app.realm_id', id::text, false)"),
            Mutant.of(
                    "No open realm counts as an answer",
                    "row-level security",
                    "src/main/resources/db/expand/V15__open_realm.sql",
                    "RAISE EXCEPTION 'no realm is open' USING ERRCODE = 'insufficient_privilege';",
                    "RETURN NULL;"),
            Mutant.of(
                    "A realm is opened for whoever names it",
                    "realm gate",
                    OPENING,
                    "WHERE id = p_realm AND user_id = p_user AND is_active",
                    "WHERE id = p_realm AND is_active"),
            Mutant.of(
                    "A refusal to open is not heard",
                    "realm gate",
                    "src/main/resources/db/expand/V15__open_realm.sql",
                    "IF v_answer <> 'open' THEN",
                    "IF v_answer = '' THEN"),
            Mutant.of(
                    "The ORM does not open the realm",
                    "realm gate",
                    JAVA + "realm/isolation/RealmBinding.java",
                    "openBefore(call, id, session);",
                    "request();"),
            Mutant.of(
                    "An API key opens every realm of its owner",
                    "realm gate",
                    JAVA + "realm/isolation/RealmPathFilter.java",
                    "if (caller.isKeyElsewhere(realmId)) {",
                    "if (caller.isKeyElsewhere(realmId) && realmId == null) {"),
            Mutant.of(
                    "Entities have no tenant",
                    "tenant filter",
                    JAVA + "realm/isolation/RealmScoped.java",
                    "@Multitenant(MultitenantType.SINGLE_TABLE)\n"
                            + "@TenantDiscriminatorColumn(name = \"realm_id\", contextProperty = RealmScoped.TENANT_PROPERTY, primaryKey = true)\n",
                    ""),
            Mutant.of(
                    "The tenant is not in the primary key",
                    "tenant filter",
                    JAVA + "realm/isolation/RealmScoped.java",
                    "primaryKey = true",
                    "primaryKey = false"),
            Mutant.of(
                    "What is counted names no realm",
                    "tenant filter",
                    JAVA + "realm/RealmStatsService.java",
                    "WHERE realm_id = ? AND user_id = ?",
                    "WHERE ?::uuid IS NOT NULL AND ?::uuid IS NOT NULL"),
            Mutant.of(
                            "The realm of the last transaction stays",
                            "tenant filter",
                            JAVA + "realm/isolation/RealmBinding.java",
                            "session.removeProperty(RealmScoped.TENANT_PROPERTY);",
                            "session.getProperty(RealmScoped.TENANT_PROPERTY);")
                    .on("wildfly"),
            Mutant.of(
                    "A row is found through a LEFT JOIN",
                    "tenant filter",
                    JAVA + "realm/isolation/OwnedRows.java",
                    "return find(type, id, LockModeType.NONE)",
                    "return em.createQuery(\"SELECT r FROM User u LEFT JOIN \" + type.getSimpleName() + \" r ON r.id = :id\", type)"
                            + ".setParameter(\"id\", id).getResultStream().filter(row -> row != null).findFirst().orElseThrow(OwnedRows::notFound)"),
            Mutant.of(
                    "Entities are cached across realms",
                    "tenant filter",
                    "src/main/resources/META-INF/persistence.xml",
                    "<shared-cache-mode>NONE</shared-cache-mode>",
                    "<shared-cache-mode>ALL</shared-cache-mode>"),
            Mutant.of(
                    "Native SQL is allowed",
                    "tenant filter",
                    "src/main/resources/META-INF/persistence.xml",
                    "<property name=\"eclipselink.weaving\" value=\"false\" />",
                    "<property name=\"eclipselink.weaving\" value=\"false\" />"
                            + "<property name=\"eclipselink.jdbc.allow-native-sql-queries\" value=\"true\" />"),
            Mutant.sql(
                    "A reference does not carry the realm",
                    "keys",
                    KEYS,
                    "ALTER TABLE documents DROP CONSTRAINT documents_realm_id_database_id_fkey;"),
            Mutant.sql(
                    "A row's user need not own its realm",
                    "keys",
                    KEYS,
                    "ALTER TABLE api_keys DROP CONSTRAINT api_keys_realm_id_fkey;"),
            Mutant.sql(
                    "A row needs no realm",
                    "keys",
                    KEYS,
                    "ALTER TABLE jobs DROP CONSTRAINT jobs_pkey;"
                            + " ALTER TABLE jobs ALTER COLUMN realm_id DROP NOT NULL;"),
            Mutant.sql(
                    "The runtime role may empty tables",
                    "roles",
                    "expand/afterMigrate.sql",
                    "GRANT TRUNCATE ON realms.documents TO \"${appUser}\";"),
            Mutant.of(
                    "A cursor works in every realm",
                    "HTTP",
                    JAVA + "web/Cursor.java",
                    "Ids.isId(parts[2]) && parts[0].equals(scope)",
                    "Ids.isId(parts[2])"),
            Mutant.of(
                    "A sealed credential opens in any row",
                    "secrets",
                    JAVA + "security/secret/SecretBox.java",
                    "realmId + \"|\" + rowId + \"|\" + field",
                    "realmId + \"|\" + field"));

    private Mutants() {}
}
