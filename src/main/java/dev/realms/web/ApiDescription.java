package dev.realms.web;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.EntityTag;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Objects;

/**
 * {@code GET /openapi}: the description of the API, which the build has written from the resources and records. YAML, unless the caller
 * asks for JSON by {@code Accept} or {@code ?format=json}. The servers' own endpoints are off, because what they answer is what their
 * models make of a description: {@code docs/decisions/description-of-the-api.md}.
 */
@WebServlet("/openapi")
public class ApiDescription extends HttpServlet {

    private enum Form {
        JSON("application/json"),
        YAML("application/yaml");

        private final String type;

        Form(String type) {
            this.type = type;
        }

        /** As it is in the WAR. */
        private byte[] read() throws IOException {
            String file = "/META-INF/openapi." + name().toLowerCase(Locale.ROOT);
            try (InputStream in = ApiDescription.class.getResourceAsStream(file)) {
                return in.readAllBytes();
            }
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Form form = form(request);
        byte[] description = form.read();
        EntityTag tag = ETags.of(description);
        response.setHeader("ETag", ETags.text(tag));
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("Vary", "Accept");
        if (ETags.isNamed(request.getHeader("If-None-Match"), tag)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType(form.type);
        response.setCharacterEncoding("UTF-8");
        response.setContentLength(description.length);
        response.getOutputStream().write(description);
    }

    private static Form form(HttpServletRequest request) {
        String asked = request.getParameter("format");
        if (asked != null) {
            return asked.equalsIgnoreCase("json") ? Form.JSON : Form.YAML;
        }
        String accepted = Objects.requireNonNullElse(request.getHeader("Accept"), "");
        return accepted.contains("json") ? Form.JSON : Form.YAML;
    }
}
