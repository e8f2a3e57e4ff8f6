package dev.realms.web.console;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.Locale;
import java.util.Set;

/** Keeps what the server itself would say of a file's version: one says nothing, the other when it was unpacked. */
final class OwnTags extends HttpServletResponseWrapper {

    private static final Set<String> OURS = Set.of("etag", "last-modified");

    OwnTags(HttpServletResponse response) {
        super(response);
    }

    @Override
    public void setHeader(String name, String value) {
        if (isTheirs(name)) {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (isTheirs(name)) {
            super.addHeader(name, value);
        }
    }

    @Override
    public void setDateHeader(String name, long date) {
        if (isTheirs(name)) {
            super.setDateHeader(name, date);
        }
    }

    @Override
    public void addDateHeader(String name, long date) {
        if (isTheirs(name)) {
            super.addDateHeader(name, date);
        }
    }

    private static boolean isTheirs(String name) {
        return !OURS.contains(name.toLowerCase(Locale.ROOT));
    }
}
