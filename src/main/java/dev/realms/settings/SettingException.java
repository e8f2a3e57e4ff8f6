package dev.realms.settings;

/** A setting that is missing or wrong. The message is one sentence that names the setting and holds no secret. */
public final class SettingException extends RuntimeException {

    public SettingException(String sentence) {
        super(sentence);
    }
}
