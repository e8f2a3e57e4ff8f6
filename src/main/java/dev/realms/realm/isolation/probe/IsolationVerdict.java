package dev.realms.realm.isolation.probe;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** Whether requests may be served, by the last time that all was asked. Before the first time they may not. */
@ApplicationScoped
public class IsolationVerdict {

    private static final Logger LOG = Logger.getLogger(IsolationVerdict.class.getName());
    private static final IsolationFinding NOT_ASKED =
            new IsolationFinding("not-asked", "", "Isolation has not been asked about: the database can't be reached.");

    /**
     * One reason why isolation can't be guaranteed.
     *
     * @param reason the kind of it, in kebab-case; says nothing about the installation, so callers may see it
     * @param subject the table, entity or role that it is about; empty where there is only one
     * @param sentence for operators
     */
    public record IsolationFinding(String reason, String subject, String sentence) {

        /** Unique among the findings of one moment. */
        public String name() {
            return subject.isEmpty() ? reason : reason + " " + subject;
        }
    }

    private volatile List<IsolationFinding> reasons = List.of(NOT_ASKED);
    private volatile boolean served;

    /** Why not; empty while requests are served. */
    public List<IsolationFinding> reasons() {
        return reasons;
    }

    /** Tells the log once per change; the line of a service that never served is the one that the commands look for. */
    void decide(List<IsolationFinding> found) {
        List<IsolationFinding> before = reasons;
        reasons = List.copyOf(found);
        if (reasons.equals(before)) {
            return;
        }
        if (!reasons.isEmpty()) {
            String sentences = reasons.stream().map(IsolationFinding::sentence).collect(Collectors.joining(" "));
            LOG.log(Level.SEVERE, "{0}: {1}", new Object[] {
                served ? "REALMS DOES NOT SERVE" : "REALMS CANNOT START", sentences
            });
        } else if (served) {
            LOG.info("REALMS SERVES again: isolation is guaranteed");
        }
        served = served || reasons.isEmpty();
    }
}
