package dev.realms.web.body;

import dev.realms.settings.Settings;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Refuses what need not be read to be refused: bodies that say they are too large or are encoded (a small gzip may hold gigabytes), and
 * query strings that are not percent-encoded UTF-8, which the servers would repair, each in its own way.
 */
@Provider
@ApplicationScoped
@Priority(Priorities.ENTITY_CODER)
public class RequestLimits implements ContainerRequestFilter {

    @Inject
    private HttpServletRequest servletRequest;

    @Inject
    private Settings settings;

    @Context
    private ResourceInfo matched;

    @Override
    public void filter(ContainerRequestContext request) {
        String encoding = request.getHeaderString(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.strip().equalsIgnoreCase("identity")) {
            throw new DomainException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE, "A request body can't have a Content-Encoding here.");
        }
        requireFit(servletRequest.getContentLengthLong());
        String query = servletRequest.getQueryString();
        if (query != null && !isWellFormed(query)) {
            throw new DomainException(ProblemType.VALIDATION, "The query is not percent-encoded UTF-8.");
        }
    }

    /** @param length in bytes, or -1 when it is not known before the end */
    private void requireFit(long length) {
        // Whatever is asked of the method, most bodies are small.
        int most = length > settings.maxBodyBytes() && isKept() ? settings.maxImportBytes() : settings.maxBodyBytes();
        BodyBytes.requireFit(length, most);
    }

    private boolean isKept() {
        Method method = matched.getResourceMethod();
        return method != null && Arrays.stream(method.getParameterTypes()).anyMatch(KeptBody.class::isAssignableFrom);
    }

    private static boolean isWellFormed(String query) {
        ByteBuffer bytes = ByteBuffer.allocate(query.length());
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            int octet = c == '%' ? escaped(query, i) : c;
            if (octet < 0 || c > '~') {
                return false;
            }
            bytes.put((byte) octet);
            i += c == '%' ? 2 : 0;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes.flip());
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** The octet that the escape at this place stands for, or -1 when it is none. */
    private static int escaped(String query, int at) {
        if (at + 2 >= query.length()) {
            return -1;
        }
        int high = Character.digit(query.charAt(at + 1), 16);
        int low = Character.digit(query.charAt(at + 2), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
