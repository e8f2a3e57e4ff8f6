package dev.realms.ops;

/** Ends a step. Carries a sentence and the place, but no cause: the job repository keeps what it is given. */
public class StepFailed extends RuntimeException {

    public StepFailed(String sentence, Throwable fault) {
        super(sentence);
        setStackTrace(fault.getStackTrace());
    }
}
