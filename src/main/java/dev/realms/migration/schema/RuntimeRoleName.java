package dev.realms.migration.schema;

import dev.realms.settings.DatabaseSettings;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.ConfigProvider;

/** The role that requests are served with, by its setting. */
@ApplicationScoped
public class RuntimeRoleName {

    public String get() {
        return ConfigProvider.getConfig()
                .getOptionalValue(DatabaseSettings.APP_USER, String.class)
                .orElse("realms_app");
    }
}
