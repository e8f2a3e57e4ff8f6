package dev.realms.user;

/** What can be an e-mail address; whether mail arrives there is not ours to know. */
public final class Emails {

    public static final String PATTERN = "[^@\\s\\p{Cntrl}]+@[^@\\s\\p{Cntrl}]+";
    public static final String MESSAGE = "must be an e-mail address";

    private Emails() {}
}
