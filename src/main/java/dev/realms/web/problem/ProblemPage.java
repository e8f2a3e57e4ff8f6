package dev.realms.web.problem;

import dev.realms.web.forwarded.TrustedProxies;
import jakarta.inject.Inject;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The error page of everything that JAX-RS does not answer: the same problems, in place of the server's own pages. */
public class ProblemPage extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Inject
    private transient TrustedProxies proxies;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse answer) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        // Whoever asks for this page itself asks for something that isn't there.
        ProblemType type = status == null ? ProblemType.NOT_FOUND : ProblemType.ofStatus((Integer) status);
        String instance = proxies.prefix(request) + (path == null ? request.getRequestURI() : path);
        byte[] body =
                Problem.json(type, type.title() + ".", List.of(), instance).getBytes(StandardCharsets.UTF_8);
        answer.setStatus(type.status());
        answer.setContentType(Problem.MEDIA_TYPE.toString());
        answer.setHeader("Cache-Control", "private, no-store");
        answer.setContentLength(body.length);
        answer.getOutputStream().write(body);
    }
}
