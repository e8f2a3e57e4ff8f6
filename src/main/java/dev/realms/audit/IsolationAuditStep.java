package dev.realms.audit;

import jakarta.batch.api.AbstractBatchlet;
import jakarta.batch.api.BatchProperty;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** The one step of the job: an audit is one snapshot, and a snapshot does not outlive its session. */
@Named
@Dependent
class IsolationAuditStep extends AbstractBatchlet {

    @Inject
    @BatchProperty
    private String run;

    @Inject
    private IsolationAudits audits;

    private volatile boolean stopped;

    @Override
    public String process() throws Exception {
        return audits.run(run, () -> stopped);
    }

    @Override
    public void stop() {
        stopped = true;
    }
}
