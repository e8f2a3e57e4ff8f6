package dev.realms.realm.isolation.probe;

/**
 * One reason why isolation can't be guaranteed.
 *
 * @param reason the kind of it, in kebab-case; says nothing about the installation, so callers may see it
 * @param subject the table, entity or role that it is about; empty where there is only one
 * @param sentence for operators
 */
public record Finding(String reason, String subject, String sentence) {

    /** Unique among the findings of one look. */
    public String name() {
        return subject.isEmpty() ? reason : reason + " " + subject;
    }
}
