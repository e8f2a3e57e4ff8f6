package dev.realms.web;

import dev.realms.web.json.Ids;
import dev.realms.web.json.MemberConversion;
import dev.realms.web.problem.DomainException;

/** A query parameter as the type it stands for, as strict as a member of a body. */
public final class QueryValue {

    /** Of what is searched for, in characters. */
    static final int LONGEST = 255;

    private QueryValue() {}

    /** As {@link #of}, for a text that is searched for. */
    public static String searched(String name, String text) {
        String wanted = of(name, text, String.class);
        if (wanted != null && (wanted.isEmpty() || wanted.codePointCount(0, wanted.length()) > LONGEST)) {
            throw DomainException.invalid(name, "must have 1 to " + LONGEST + " characters");
        }
        return wanted;
    }

    /** As {@link #of}, for the id of a row. */
    public static String id(String name, String text) {
        if (text != null && !Ids.isId(text)) {
            throw DomainException.invalid(name, Ids.FAULT);
        }
        return text;
    }

    /**
     * @param text as the caller wrote it, or null when it was not given, which gives null
     * @throws DomainException {@code validation}, naming the parameter
     */
    public static <T> T of(String name, String text, Class<T> type) {
        if (text == null) {
            return null;
        }
        try {
            return type.cast(MemberConversion.convert(text, type));
        } catch (MemberConversion.Unfit e) {
            throw DomainException.invalid(name, e.getMessage());
        }
    }
}
