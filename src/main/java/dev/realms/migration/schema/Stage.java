package dev.realms.migration.schema;

/** A set of scripts that runs at its own time, with the history of its runs and the indexes it builds concurrently. */
enum Stage {
    /** What the migration knows of itself. At every start; it stays whatever happens, and no other stage does after a rollback. */
    BOOKS("books", ""),
    /** The tables of a database that was empty. */
    TABLES("tables", ""),
    /** Moves the pre-realm tables to where ours are, with views in their place. */
    TAKE_OVER("take-over", ""),
    /** What the pre-realm application can live with. At every start. */
    EXPAND("expand", "api_keys_previous_key_key|api_keys_key_hash_idx"),
    /** What only holds when every row has its realm. Behind a passed verification. */
    CONTRACT(
            "contract",
            "(database_servers|databases|documents|jobs|api_keys)_(realm|user|name_realm|previous_key_realm)%|users_email_folded_key|(database_servers|databases|documents|jobs|api_keys)_id_key"),
    /** What ends the way back. */
    FINALIZE("finalize", "databases_pre_realm_name_realm_id_key"),
    /** Takes back what the contract made, or what there is of it. */
    ROLLBACK_CONTRACT("rollback-contract", "(database_servers|databases|documents|jobs|api_keys)_id_key"),
    /** Takes back what the expansion made. */
    ROLLBACK_EXPAND("rollback-expand", ""),
    /** Takes back what the take-over made, or what there is of it. */
    GIVE_BACK("give-back", "");

    private final String folder;
    private final String indexes;

    Stage(String folder, String indexes) {
        this.folder = folder;
        this.indexes = indexes;
    }

    /** Where its scripts are, on the class path. */
    String folder() {
        return "db/" + folder;
    }

    /** Whether this version has a script of this name. */
    boolean has(String script) {
        return Thread.currentThread().getContextClassLoader().getResource(folder() + "/" + script) != null;
    }

    /** Flyway's, in the schema {@code migration}. */
    String history() {
        return "flyway_" + folder.replace('-', '_');
    }

    /** A pattern for SIMILAR TO. No index of another stage matches: it may be in the making on another node. */
    String indexes() {
        return indexes;
    }
}
