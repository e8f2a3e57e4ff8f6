package dev.realms.auth;

import dev.realms.http.Records;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * {@code /api/sign-in}: how people can sign in, told to anybody. A servlet, because it must answer while nobody is served, which the filters
 * before the resources see to, and so that no line of the rights table lets anybody in.
 */
@WebServlet("/api/sign-in")
public class SignInServlet extends HttpServlet {

    @Inject
    private transient SignInPoint signInPoint;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] body = Records.json(signInPoint.view()).toString().getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
