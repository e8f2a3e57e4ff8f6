package dev.realms.security.auth;

import dev.realms.security.auth.SignInPoint.SignInView;
import dev.realms.settings.Secret;
import dev.realms.web.ResponseSchema;
import dev.realms.web.forwarded.TrustedProxies;
import dev.realms.web.json.RecordJson;
import dev.realms.web.problem.Problem;
import dev.realms.web.problem.ProblemType;
import dev.realms.web.problem.Refuses;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code /api/sign-in}: how people can sign in, told to anybody, and a token for whoever sends the code of the printed address as a bearer's. A
 * servlet, because it must answer while nobody is served, which the filters before the resources see to, and so that no line of the rights
 * table lets anybody in.
 */
@WebServlet("/api/sign-in")
public class SignInServlet extends HttpServlet {

    private static final String BEARER = "Bearer ";

    @Inject
    private transient SignInPoint signInPoint;

    @Inject
    private transient TrustedProxies proxies;

    /** Tells how people can sign in. Open to anybody. */
    @Override
    @ResponseSchema(SignInView.class)
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(response, "application/json", RecordJson.text(signInPoint.view()));
    }

    /**
     * Gives a token of the local issuer's administrator for the code in the address that {@code mvn -Prun} prints, sent as the bearer. The
     * code is good once.
     */
    @Override
    @ResponseSchema(TokenView.class)
    @Refuses(ProblemType.UNAUTHENTICATED)
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String header = Objects.requireNonNullElse(request.getHeader("Authorization"), "");
        Optional<TokenView> token = header.startsWith(BEARER)
                ? signInPoint.exchange(
                        new Secret(header.substring(BEARER.length()).strip()))
                : Optional.empty();
        if (token.isPresent()) {
            answer(response, "application/json", RecordJson.text(token.get()));
            return;
        }
        response.setStatus(ProblemType.UNAUTHENTICATED.status());
        response.setHeader("WWW-Authenticate", "Bearer");
        answer(
                response,
                Problem.MEDIA_TYPE.toString(),
                Problem.json(
                        ProblemType.UNAUTHENTICATED,
                        "The code is not valid, or was used already.",
                        List.of(),
                        proxies.path(request)));
    }

    private static void answer(HttpServletResponse response, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        response.setContentType(type);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
