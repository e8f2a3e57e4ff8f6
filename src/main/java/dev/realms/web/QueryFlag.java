package dev.realms.web;

import dev.realms.web.problem.DomainException;

/** A query parameter that is on when it is there: {@code ?includeInactive} means the same as {@code ?includeInactive=true}. */
public final class QueryFlag {

    private QueryFlag() {}

    /** @throws DomainException {@code validation} when it is anything but empty, true or false */
    public static boolean of(String name, String value) {
        if (value == null || value.equals("false")) {
            return false;
        } else if (value.isEmpty() || value.equals("true")) {
            return true;
        }
        throw DomainException.invalid(name, "must be true or false");
    }
}
