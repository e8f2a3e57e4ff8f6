package dev.realms.migration.rollback;

/** The rollback can't go on. The message is one sentence for the operator. */
public final class CannotRollBack extends RuntimeException {

    private static final long serialVersionUID = 1;

    CannotRollBack(String sentence) {
        super(sentence);
    }
}
