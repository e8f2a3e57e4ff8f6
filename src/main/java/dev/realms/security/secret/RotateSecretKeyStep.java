package dev.realms.security.secret;

import dev.realms.ops.SingleJobStep;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.function.BooleanSupplier;

/** Which key is next and what is left to seal stand in the database. */
@Named
@Dependent
class RotateSecretKeyStep extends SingleJobStep {

    @Inject
    private KeyRotation rotation;

    @Override
    protected String run(String claimed, BooleanSupplier stopped) throws Exception {
        return rotation.run(claimed, stopped);
    }
}
