package dev.realms.settings;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Gives the WAR's beans the {@link Settings}, read once through MicroProfile Config. A wrong setting stops the start. */
@Dependent
class ConfiguredSettings {

    private static final Logger LOG = Logger.getLogger(ConfiguredSettings.class.getName());

    /** No scope with proxies: a record can't have one. */
    @Produces
    @Singleton
    static Settings read() {
        Config config = ConfigProvider.getConfig();
        try {
            return Settings.read(name -> config.getOptionalValue(name, String.class));
        } catch (SettingException wrong) {
            LOG.log(Level.SEVERE, "REALMS CANNOT START: {0}", wrong.getMessage());
            throw wrong;
        }
    }
}
