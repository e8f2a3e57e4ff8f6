package dev.realms.realm.isolation.audit;

import dev.realms.ops.SingleJobStep;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.function.BooleanSupplier;

/** An audit is one snapshot, and a snapshot does not outlive its session. */
@Named
@Dependent
class IsolationAuditStep extends SingleJobStep {

    @Inject
    private IsolationAudits audits;

    @Override
    protected String run(String claimed, BooleanSupplier stopped) throws Exception {
        return audits.run(claimed, stopped);
    }
}
