package dev.realms.auth;

import dev.realms.isolation.Role;
import java.util.Optional;

/**
 * Whom a verified token speaks of.
 *
 * @param name what to call a new user
 * @param role of a new user, where the issuer may say so
 */
record Identity(String email, String name, Optional<Role> role) {}
