/**
 * What an operator may set, read and checked in one place.
 *
 * <p>Free of Jakarta types, so that the WAR (through MicroProfile Config) and the commands (through {@link
 * dev.realms.settings.Lookup#systemThenEnvironment()}) mean the same thing by the same name. A wrong setting is a {@link
 * dev.realms.settings.SettingException}: one sentence that names it and never repeats a secret.
 */
package dev.realms.settings;
