package dev.realms.migration;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.ConfigProvider;

/** The role that requests are served with, by its setting. */
@ApplicationScoped
class RuntimeRoleName {

    String get() {
        return ConfigProvider.getConfig()
                .getOptionalValue("realms.db.app.user", String.class)
                .orElse("realms_app");
    }
}
