package dev.realms.security.secret;

import dev.realms.ops.DatabaseFault;
import dev.realms.settings.SettingException;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Opens the installation's keys when the application starts, or stops the start, and keeps up with what other nodes make of them. */
@Startup
@Singleton
@DependsOn("SchemaMigrator")
@TransactionManagement(TransactionManagementType.BEAN)
public class KeyRingStart {

    /** How old this node's knowledge of the keys gets. */
    static final Duration BETWEEN_READINGS = Duration.ofSeconds(2);

    private static final Logger LOG = Logger.getLogger(KeyRingStart.class.getName());

    @Resource
    private ManagedScheduledExecutorService executor;

    @Inject
    private InstallationKeys keys;

    private ScheduledFuture<?> reading;

    @PostConstruct
    void start() {
        try {
            keys.open();
        } catch (SettingException wrong) {
            LOG.log(Level.SEVERE, "REALMS CANNOT START: {0}", wrong.getMessage());
            throw wrong;
        }
        long seconds = BETWEEN_READINGS.toSeconds();
        reading = executor.scheduleWithFixedDelay(this::read, seconds, seconds, TimeUnit.SECONDS);
    }

    @PreDestroy
    void end() {
        reading.cancel(false);
    }

    private void read() {
        try {
            keys.ring().read();
        } catch (RuntimeException fault) {
            // An exception would end the readings, and the database may be back the next time.
            LOG.log(Level.FINE, "The keys could not be read: {0}", DatabaseFault.sentence(fault));
        }
    }
}
