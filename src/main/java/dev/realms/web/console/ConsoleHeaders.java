package dev.realms.web.console;

import dev.realms.security.auth.SignInPoint;
import dev.realms.settings.OidcSettings;
import dev.realms.web.ETags;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import jakarta.ws.rs.core.EntityTag;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The headers of every page, script and style of the console, also of what is not there. */
@WebFilter("/console/*")
public class ConsoleHeaders extends HttpFilter {

    private static final Map<String, String> HEADERS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy",
                    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=(), clipboard-read=()",
            // Kept, and asked about each time: a new version is picked up at once.
            "Cache-Control", "no-cache");

    @Inject
    private transient SignInPoint signInPoint;

    private String policy;
    private transient FileETags tags;

    @Override
    public void init() {
        tags = new FileETags(getServletContext());
        policy = policy(signInPoint.oidc().map(OidcSettings::tokenOrigin).orElse(""));
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HEADERS.forEach(response::setHeader);
        response.setHeader("Content-Security-Policy", policy);
        Optional<EntityTag> tag = tags.of(path(request));
        if (tag.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader("ETag", ETags.text(tag.get()));
        if (ETags.isNamed(request.getHeader("If-None-Match"), tag.get())) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
        } else {
            chain.doFilter(request, new OwnVersion(response));
        }
    }

    private static String path(HttpServletRequest request) {
        return request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
    }

    /** @param askedToo an origin that pages may send requests to, or nothing */
    static String policy(String askedToo) {
        return "default-src 'none'; script-src 'self'; style-src 'self'; connect-src "
                + ("'self' " + askedToo).strip()
                + "; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    /** Drops what the server itself would say of a file's version: one says nothing, the other when it was unpacked. */
    private static final class OwnVersion extends HttpServletResponseWrapper {

        private static final Set<String> OURS = Set.of("etag", "last-modified");

        OwnVersion(HttpServletResponse response) {
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
}
