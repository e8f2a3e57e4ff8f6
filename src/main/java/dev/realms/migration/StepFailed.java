package dev.realms.migration;

/** Ends a step. Carries a sentence and the place, but no cause: the job repository keeps what it is given. */
class StepFailed extends RuntimeException {

    StepFailed(String sentence, Throwable fault) {
        super(sentence);
        setStackTrace(fault.getStackTrace());
    }
}
