package dev.realms.secret;

import dev.realms.settings.SettingException;
import dev.realms.settings.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.enterprise.inject.Produces;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Makes the installation's box when the application starts, or stops the start: without the key nothing could be written. */
@Startup
@Singleton
@Lock(LockType.READ)
public class SecretBoxes {

    private static final Logger LOG = Logger.getLogger(SecretBoxes.class.getName());

    private SecretBox box;

    @PostConstruct
    void start() {
        Config config = ConfigProvider.getConfig();
        try {
            box = new SecretBox(Settings.read(name -> config.getOptionalValue(name, String.class))
                    .requireSecretKey());
        } catch (SettingException wrong) {
            LOG.log(Level.SEVERE, "REALMS CANNOT START: {0}", wrong.getMessage());
            throw wrong;
        }
    }

    @Produces
    public SecretBox box() {
        return box;
    }
}
