package dev.realms.realm.isolation.probe;

import dev.realms.realm.isolation.probe.IsolationVerdict.IsolationFinding;
import dev.realms.settings.Settings;
import dev.realms.sql.OwnerSessions;
import dev.realms.sql.SqlStates;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Looks for reasons why isolation could not be guaranteed, at start-up and again and again, and decides whether requests are
 * served. A database that can't be reached changes nothing, since nothing can be read from it either; any other trouble with the
 * asking counts as a reason.
 */
@Startup
@Singleton
@DependsOn("SchemaMigrator")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class IsolationProbe {

    private static final Logger LOG = Logger.getLogger(IsolationProbe.class.getName());

    @Resource
    private ManagedScheduledExecutorService executor;

    @Resource(name = "jdbc/realms")
    private DataSource runtime;

    @Resource(name = "jdbc/realms-owner")
    private DataSource owner;

    @PersistenceUnit(unitName = "realms")
    private EntityManagerFactory unit;

    @Inject
    private IsolationVerdict verdict;

    @Inject
    private Settings settings;

    private ScheduledFuture<?> looking;

    @PostConstruct
    void begin() {
        look();
        int seconds = settings.probeSeconds();
        looking = executor.scheduleWithFixedDelay(this::look, seconds, seconds, TimeUnit.SECONDS);
    }

    @PreDestroy
    void end() {
        looking.cancel(false);
    }

    /** Comes to a verdict, unless the database can't be reached. One look at a time. */
    public synchronized void look() {
        try {
            verdict.decide(new IsolationFindings(runtime, OwnerSessions.of(owner), unit).find());
        } catch (Exception | LinkageError fault) {
            if (SqlStates.of(fault).stream().anyMatch(SqlStates::isUnavailable)) {
                LOG.log(Level.FINE, "The database can''t be asked about isolation: {0}", fault.toString());
            } else {
                LOG.log(Level.WARNING, "The question whether isolation is guaranteed failed", fault);
                verdict.decide(List.of(new IsolationFinding(
                        "probe-failed", "", "The question whether isolation is guaranteed failed; the log says how.")));
            }
        }
    }
}
