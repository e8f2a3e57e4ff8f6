package dev.realms.launch;

/** Why a command ends with exit code 1: the message is one sentence for the operator, with no secret in it. */
final class CannotStart extends RuntimeException {

    CannotStart(String sentence) {
        super(sentence);
    }

    CannotStart(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
