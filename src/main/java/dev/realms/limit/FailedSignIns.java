package dev.realms.limit;

import dev.realms.settings.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Counts, for each remote address, the tokens and keys that were not valid, so that nobody can try them out without end. */
@ApplicationScoped
public class FailedSignIns {

    private static final int MOST_ADDRESSES = 100_000;

    @Inject
    private HttpServletRequest servletRequest;

    @Inject
    @ConfigProperty(name = Settings.FAILED_SIGN_INS_PER_MINUTE, defaultValue = "600")
    private int quota;

    private Allowances<String> allowances;

    @PostConstruct
    void start() {
        allowances = quota == 0 ? null : new Allowances<>(quota, MOST_ADDRESSES, System::nanoTime);
    }

    /** Whether the address of this request has failed as often as it may, for now. */
    public boolean areTooMany() {
        return allowances != null && allowances.isExhausted(address(servletRequest.getRemoteAddr()));
    }

    /** Counts one more; an answer when it is one too many. */
    public Optional<Response> add(ContainerRequestContext request) {
        if (allowances == null) {
            return Optional.empty();
        }
        Allowances.Left left = allowances.take(address(servletRequest.getRemoteAddr()));
        return left.granted()
                ? Optional.empty()
                : Optional.of(TooMany.answer(request, "Too many tokens or API keys that are not valid.", left));
    }

    /** Whoever has one IPv6 address has the 2<sup>64</sup> of its network. */
    static String address(String literal) {
        try {
            InetAddress address = InetAddress.getByName(literal);
            return address instanceof Inet6Address
                    ? HexFormat.of().formatHex(address.getAddress(), 0, 8)
                    : address.getHostAddress();
        } catch (UnknownHostException e) {
            return literal;
        }
    }
}
