/**
 * What an operator may set, read and checked in one place.
 *
 * <p>Free of Jakarta types, so that the WAR and the commands (through {@link dev.realms.settings.Lookup#systemThenEnvironment()}) mean the
 * same thing by the same name. Only {@link dev.realms.settings.ConfiguredSettings} has such types: it reads MicroProfile Config for the WAR,
 * whose beans inject {@link dev.realms.settings.Settings}. A wrong setting is a {@link
 * dev.realms.settings.SettingException}: one sentence that names it and never repeats a secret.
 */
package dev.realms.settings;
