package dev.realms.migration;

/**
 * Who acts.
 *
 * @param actor the id of a user
 * @param seen what they acted on: two who saw the same can't both move it
 */
record Operator(String actor, Versions seen) {

    /** Whatever the state has become since they looked. */
    static Operator of(String actor) {
        return new Operator(actor, Versions.ANY);
    }
}
