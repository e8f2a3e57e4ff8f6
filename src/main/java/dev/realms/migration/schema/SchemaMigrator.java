package dev.realms.migration.schema;

import dev.realms.migration.answer.PreflightAnswers;
import dev.realms.settings.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Brings the schema up at start-up, before anything is served. When it can't, one line says why, in words that the commands
 * look for in the log, and the deployment fails. The beans that read other settings come first: a wrong one changes nothing.
 */
@Startup
@Singleton
@DependsOn({"MasterKeySettings", "SignInPoint"})
@TransactionManagement(TransactionManagementType.BEAN)
public class SchemaMigrator {

    private static final Logger LOG = Logger.getLogger(SchemaMigrator.class.getName());

    @Resource(name = "jdbc/realms-owner")
    private DataSource owner;

    @Resource(name = "jdbc/realms")
    private DataSource runtime;

    @Inject
    private Settings settings;

    @PostConstruct
    void expand() {
        try {
            requireSessions();
            // Nobody can be asked at the start: the operator has answered beforehand.
            PreflightAnswers answers = PreflightAnswers.of(settings.migrationAnswers());
            new ExpandSchema(owner, settings.database().appUser(), answers).run();
        } catch (SchemaException fault) {
            LOG.log(Level.SEVERE, "REALMS CANNOT START: " + fault.getMessage(), fault.getCause());
            throw fault;
        } catch (RuntimeException fault) {
            LOG.log(Level.SEVERE, "REALMS CANNOT START: The schema could not be brought up: " + fault, fault);
            throw fault;
        }
    }

    /** Before anything is set or locked in a session that may be somebody else's next. */
    private void requireSessions() {
        try {
            require(Pooling.faultOfOwner(owner::getConnection));
        } catch (SQLException fault) {
            throw new SchemaException("The database can't be used: " + fault.getMessage() + ".", fault);
        }
        try {
            require(Pooling.faultOfRuntimeRole(runtime::getConnection));
        } catch (SQLException away) {
            LOG.log(Level.FINE, "The runtime role has no connection yet: {0}", away.toString());
        }
    }

    private static void require(Optional<String> fault) {
        fault.ifPresent(sentence -> {
            throw new SchemaException(sentence);
        });
    }
}
