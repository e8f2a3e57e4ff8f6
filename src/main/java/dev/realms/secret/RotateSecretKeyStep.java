package dev.realms.secret;

import jakarta.batch.api.AbstractBatchlet;
import jakarta.batch.api.BatchProperty;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** The one step of the job: which key is next and what is left to seal stand in the database, not in a checkpoint. */
@Named
@Dependent
class RotateSecretKeyStep extends AbstractBatchlet {

    @Inject
    @BatchProperty
    private String run;

    @Inject
    private KeyRotation rotation;

    private volatile boolean stopped;

    @Override
    public String process() throws Exception {
        return rotation.run(run, () -> stopped);
    }

    @Override
    public void stop() {
        stopped = true;
    }
}
