package dev.realms.realm.isolation.probe;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** Whether requests may be served, by the last look that came to a verdict. Before the first one they may not. */
@ApplicationScoped
public class Serving {

    private static final Logger LOG = Logger.getLogger(Serving.class.getName());
    private static final Finding NOT_ASKED =
            new Finding("not-asked", "", "Isolation has not been asked about: the database can't be reached.");

    private volatile List<Finding> reasons = List.of(NOT_ASKED);
    private volatile boolean served;

    /** Why not; empty while requests are served. */
    public List<Finding> reasons() {
        return reasons;
    }

    /** Tells the log once per change; the line of a service that never served is the one that the commands look for. */
    void decide(List<Finding> found) {
        List<Finding> before = reasons;
        reasons = List.copyOf(found);
        if (reasons.equals(before)) {
            return;
        }
        if (!reasons.isEmpty()) {
            String sentences = reasons.stream().map(Finding::sentence).collect(Collectors.joining(" "));
            LOG.log(Level.SEVERE, "{0}: {1}", new Object[] {
                served ? "REALMS DOES NOT SERVE" : "REALMS CANNOT START", sentences
            });
        } else if (served) {
            LOG.info("REALMS SERVES again: isolation is guaranteed");
        }
        served = served || reasons.isEmpty();
    }
}
