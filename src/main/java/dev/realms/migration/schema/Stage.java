package dev.realms.migration.schema;

/** A set of scripts that runs at its own time, with the history of its runs and the indexes it builds concurrently. */
enum Stage {
    /** What the pre-realm application can live with. At every start. */
    EXPAND("db/expand", Catalogue.HISTORY, "api_keys_previous_key_key|api_keys_key_hash_idx"),
    /** What only holds when every row has its realm. Behind a passed verification. */
    CONTRACT("db/contract", "flyway_contract_history", "%realm_id%|users_email_folded_key"),
    /** What ends the way back. */
    FINALIZE("db/finalize", "flyway_finalize_history", ""),
    /** Takes back what the contract made, or what there is of it. */
    ROLLBACK_CONTRACT("db/rollback-contract", "flyway_rollback_contract_history", "rollback_%"),
    /** Takes back what the expansion made of the pre-realm tables. */
    ROLLBACK_EXPAND("db/rollback-expand", "flyway_rollback_expand_history", "");

    private final String folder;
    private final String history;
    private final String indexes;

    Stage(String folder, String history, String indexes) {
        this.folder = folder;
        this.history = history;
        this.indexes = indexes;
    }

    /** Where its scripts are, on the class path. */
    String folder() {
        return folder;
    }

    /** Whether this version has a script of this name. */
    boolean has(String script) {
        return Thread.currentThread().getContextClassLoader().getResource(folder + "/" + script) != null;
    }

    String history() {
        return history;
    }

    /** A pattern for SIMILAR TO. No index of another stage matches: it may be in the making on another node. */
    String indexes() {
        return indexes;
    }
}
