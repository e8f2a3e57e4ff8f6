package dev.realms.security.secret;

import dev.realms.settings.SettingException;
import dev.realms.settings.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Reads the master keys when the application starts, or stops the start: without one nothing could be written. */
@Startup
@Singleton
public class MasterKeySettings {

    private static final Logger LOG = Logger.getLogger(MasterKeySettings.class.getName());

    @Inject
    private InstallationKeys keys;

    @Inject
    private Settings settings;

    @PostConstruct
    void start() {
        try {
            keys.readSettings(settings);
        } catch (SettingException wrong) {
            LOG.log(Level.SEVERE, "REALMS CANNOT START: {0}", wrong.getMessage());
            throw wrong;
        }
    }
}
