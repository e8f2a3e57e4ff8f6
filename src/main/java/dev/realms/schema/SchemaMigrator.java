package dev.realms.schema;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
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

    @Inject
    private RuntimeRoleName appUser;

    @PostConstruct
    void expand() {
        try {
            new ExpandSchema(owner, appUser.get()).run();
        } catch (SchemaException fault) {
            LOG.log(Level.SEVERE, "REALMS CANNOT START: " + fault.getMessage(), fault.getCause());
            throw fault;
        } catch (RuntimeException fault) {
            LOG.log(Level.SEVERE, "REALMS CANNOT START: The schema could not be brought up: " + fault, fault);
            throw fault;
        }
    }
}
