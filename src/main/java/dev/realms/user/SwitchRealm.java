package dev.realms.user;

import jakarta.validation.constraints.NotNull;
import java.util.UUID;

/** The realm to make the current one. */
public record SwitchRealm(@NotNull UUID realmId) {}
