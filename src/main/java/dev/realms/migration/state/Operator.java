package dev.realms.migration.state;

/**
 * Who acts.
 *
 * @param actor the id of a user
 * @param seen what they acted on: two who saw the same can't both move it
 */
public record Operator(String actor, Versions seen) {

    /** Whatever the state has become since they looked. */
    public static Operator of(String actor) {
        return new Operator(actor, Versions.ANY);
    }
}
