package dev.realms.web.limit;

import dev.realms.settings.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Optional;

/** Counts, for each address that requests come from, the tokens and keys that were not valid, so that nobody tries them out as fast as they can. */
@ApplicationScoped
public class FailedSignIns {

    private static final int MOST_ADDRESSES = 100_000;

    @Inject
    private RequestAddress address;

    @Inject
    private Settings settings;

    private RateLimiter<String> limiter;

    @PostConstruct
    void start() {
        int quota = settings.failedSignInsPerMinute();
        limiter = quota == 0 ? null : new RateLimiter<>(quota, MOST_ADDRESSES, System::nanoTime);
    }

    /** Whether the address of this request has failed as often as it may, for now. */
    public boolean areTooMany() {
        return limiter != null && limiter.isExhausted(address());
    }

    /** Counts one more; an answer when it is one too many. */
    public Optional<Response> add(ContainerRequestContext request) {
        if (limiter == null) {
            return Optional.empty();
        }
        RateLimiter.Left left = limiter.take(address());
        return left.granted()
                ? Optional.empty()
                : Optional.of(left.refusal(request, "Too many tokens or API keys that are not valid."));
    }

    private String address() {
        return address.find().map(FailedSignIns::counted).orElseGet(address::peer);
    }

    /** Whoever has one IPv6 address has the 2<sup>64</sup> of its network. */
    static String counted(InetAddress address) {
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(address.getAddress(), 0, 8)
                : address.getHostAddress();
    }
}
