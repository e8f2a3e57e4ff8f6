package dev.realms.security.auth;

import dev.realms.apikey.ApiKeyFormat;
import dev.realms.realm.isolation.Caller;
import dev.realms.realm.isolation.RealmGate;
import dev.realms.settings.Secret;
import dev.realms.user.SignIn;
import dev.realms.user.SignIn.TokenSubject;
import dev.realms.web.admission.ReadOnlyConnections;
import dev.realms.web.admission.RequestRetry;
import dev.realms.web.limit.FailedSignIns;
import dev.realms.web.problem.Problem;
import dev.realms.web.problem.ProblemType;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Finds out who sends the request, or answers 401. Nothing below {@code /api} is open to nobody. */
@Provider
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION)
public class AuthenticationFilter implements ContainerRequestFilter {

    private static final Logger LOG = Logger.getLogger(AuthenticationFilter.class.getName());
    private static final String BEARER = "Bearer ";

    @Inject
    private SignInPoint signInPoint;

    @Inject
    private SignIn signIn;

    @Inject
    private ApiKeys keys;

    @Inject
    private Caller caller;

    @Inject
    private FailedSignIns failures;

    @Inject
    private ReadOnlyConnections readOnly;

    @Override
    public void filter(ContainerRequestContext request) {
        List<String> headers = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
        if (headers == null || headers.isEmpty()) {
            request.abortWith(refusal(request, "Send Authorization: Bearer with a token or an API key.", "Bearer"));
        } else if (!bearer(headers)
                .map(credential -> RequestRetry.run(() -> isKnown(credential), readOnly::letGo))
                .orElse(false)) {
            request.abortWith(failures.add(request)
                    .orElseGet(() -> refusal(
                            request,
                            "The token or API key is not valid, has expired or was revoked.",
                            "Bearer error=\"invalid_token\"")));
        }
    }

    private static Optional<Secret> bearer(List<String> headers) {
        String text = headers.get(0).strip();
        return headers.size() == 1 && text.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? Optional.of(new Secret(text.substring(BEARER.length()).strip()))
                : Optional.empty();
    }

    private boolean isKnown(Secret credential) {
        try {
            return switch (ApiKeyFormat.form(credential.reveal())) {
                case KEY -> isKey(credential);
                case MISTYPED -> false;
                case OTHER -> isToken(credential) || isKey(credential);
            };
        } catch (InvalidToken e) {
            LOG.log(Level.FINE, "Refused a token that {0}", e.getMessage());
            return false;
        }
    }

    private boolean isToken(Secret credential) throws InvalidToken {
        Optional<TokenSubject> person = signInPoint.identify(credential);
        if (person.isEmpty()) {
            return false;
        }
        SignIn.Account account = signIn.of(person.get())
                .orElseThrow(() -> new InvalidToken("speaks of somebody who has no account and gets none"));
        caller.isUser(account.id(), account.role());
        return true;
    }

    private boolean isKey(Secret credential) {
        Optional<ApiKeys.Found> key = keys.find(credential, failures.areTooMany());
        key.ifPresent(this::enter);
        return key.isPresent();
    }

    private void enter(ApiKeys.Found key) {
        if (key.realmId() == null) {
            throw RealmGate.migrating();
        }
        caller.isKey(key.id(), key.userId(), key.role(), key.realmId(), key.hash());
    }

    private static Response refusal(ContainerRequestContext request, String detail, String challenge) {
        Response answer = Problem.answer(
                ProblemType.UNAUTHENTICATED,
                detail,
                List.of(),
                request.getUriInfo().getRequestUri().getRawPath());
        return Response.fromResponse(answer)
                .header(HttpHeaders.WWW_AUTHENTICATE, null)
                .header(HttpHeaders.WWW_AUTHENTICATE, challenge)
                .build();
    }
}
