package dev.realms.web;

/**
 * Which names a list is asked for, and whether it is sorted by them. Case and Unicode form make no difference, and every character
 * stands for itself.
 *
 * @param part of the name, or null for any
 * @param prefix of the name, or null for any
 */
public record Names(String part, String prefix, boolean sorted) {

    /** All of them, in the list's own order. */
    public static final Names ALL = new Names(null, null, false);

    public boolean areSearched() {
        return part != null || prefix != null;
    }
}
