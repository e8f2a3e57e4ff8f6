package dev.realms.web.idempotency;

import dev.realms.realm.isolation.Caller;
import dev.realms.realm.isolation.RealmContext;
import dev.realms.web.Idempotent;
import dev.realms.web.PathTemplate;
import dev.realms.web.body.KeptBody;
import dev.realms.web.forwarded.TrustedProxies;
import dev.realms.web.json.RecordJson;
import dev.realms.web.problem.DomainException;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs a POST that carries an {@code Idempotency-Key} once, and answers the others with the first answer. */
@Idempotent
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
class IdempotencyInterceptor {

    private static final String HEADER = "Idempotency-Key";
    private static final String REALM = "realmId";
    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]*)}");
    private static final Pattern VISIBLE_ASCII = Pattern.compile("[!-~]{1,255}");

    /** In characters; an index takes no more than 2,704 bytes, and what names nothing may be longer. */
    private static final int LONGEST_TARGET = 500;

    @Inject
    private HttpServletRequest request;

    @Inject
    private TrustedProxies proxies;

    @Inject
    private Caller caller;

    @Inject
    private RealmContext realm;

    @Inject
    private IdempotentRequests requests;

    @Inject
    private IdempotentActs acts;

    @AroundInvoke
    Object once(InvocationContext call) throws Exception {
        List<String> keys = Collections.list(request.getHeaders(HEADER));
        if (keys.isEmpty()) {
            return call.proceed();
        }
        if (keys.size() > 1 || !VISIBLE_ASCII.matcher(keys.get(0)).matches()) {
            throw DomainException.invalid(HEADER, "must be 1 to 255 visible ASCII characters");
        }
        IdempotencyStore.Request request = new IdempotencyStore.Request(
                caller.userId(), target(call), keys.get(0), hash(call), proxies.prefix(this.request));
        return isAct(call.getMethod())
                ? acts.once(request, () -> proceed(call))
                : requests.once(request, () -> proceed(call));
    }

    private static boolean isAct(Method method) {
        Idempotent how = method.getAnnotation(Idempotent.class);
        return how != null && how.act();
    }

    /** Which act on what, however the request spelled it: the method's template, with its parameters as they were understood. */
    private String target(InvocationContext call) {
        Method method = call.getMethod();
        String template = PathTemplate.of(method.getDeclaringClass(), method).orElseThrow();
        Map<String, String> values = new HashMap<>();
        if (template.contains("{" + REALM + "}")) {
            values.put(REALM, realm.realmId().toString());
        }
        Parameter[] parameters = method.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            PathParam parameter = parameters[i].getAnnotation(PathParam.class);
            if (parameter != null) {
                values.put(parameter.value(), call.getParameters()[i].toString());
            }
        }
        // At once: a value may look like a parameter.
        String target = request.getMethod() + " "
                + PARAMETER.matcher(template).replaceAll(name -> Matcher.quoteReplacement(values.get(name.group(1))));
        return target.length() > LONGEST_TARGET ? sha256(target) : target;
    }

    /**
     * Of what the body means, not of its spelling, and of the query; null members and absent ones mean the same in a body that creates.
     * Lines are what they are.
     */
    private String hash(InvocationContext call) {
        Parameter[] parameters = call.getMethod().getParameters();
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < parameters.length; i++) {
            Object value = call.getParameters()[i];
            if (value instanceof Record body) {
                parts.add(RecordJson.text(body));
            } else if (value instanceof KeptBody kept) {
                parts.add(sha256(kept));
            } else if (parameters[i].isAnnotationPresent(QueryParam.class)) {
                // One that is empty is there.
                parts.add(value == null ? "" : "=" + value);
            }
        }
        return sha256(String.join("\n", parts));
    }

    private static String sha256(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String sha256(KeptBody body) {
        MessageDigest digest = sha256();
        try (InputStream bytes = new DigestInputStream(body.open(), digest)) {
            bytes.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A checked exception would leave the transaction as it is and remember a request that failed. */
    private static Response proceed(InvocationContext call) {
        try {
            return (Response) call.proceed();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
