package dev.realms.web.forwarded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.settings.IpNetwork;
import dev.realms.settings.Settings;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proxies are 10.0.0.0/8, 192.0.2.1 and 2001:db8::/32; everybody else is a client, or lies. */
class ClientAddressTest {

    private static final ClientAddress CLIENTS = trusting("10.0.0.0/8, 192.0.2.1, 2001:db8::/32");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            203.0.113.7          | 203.0.113.7
            203.0.113.7:4711     | 203.0.113.7
            198.51.100.1, 203.0.113.7            | 203.0.113.7
            198.51.100.1, 203.0.113.7, 10.1.2.3  | 203.0.113.7
            198.51.100.1,203.0.113.7,192.0.2.1,2001:db8::5 | 203.0.113.7
            2a00:1450::1         | 2a00:1450::1
            [2a00:1450::1]:443   | 2a00:1450::1
            [2a00:1450::1]       | 2a00:1450::1
            ::ffff:203.0.113.7   | 203.0.113.7
            203.0.113.7, ::ffff:10.0.0.2 | 203.0.113.7
            10.9.9.9             | 10.9.9.9
            ``                   | 10.0.0.1
            203.0.113.7,         | 10.0.0.1
            unknown              | 10.0.0.1
            203.0.113.7, nonsense, 10.1.2.3 | 10.1.2.3
            proxy.example        | 10.0.0.1
            203.0.113.256        | 10.0.0.1
            0313.0.113.7         | 10.0.0.1
            3405803783           | 10.0.0.1
            203.0.113.7:port     | 10.0.0.1
            fe80::1%eth0         | 10.0.0.1
            [2a00:1450::1        | 10.0.0.1
            .::1                 | 10.0.0.1
            """)
    void readsXForwardedForFromTheRight(String header, String client) {
        assertThat(of("10.0.0.1", List.of(), List.of(header))).isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            for=203.0.113.7                                    | 203.0.113.7
            For="203.0.113.7:4711";proto=https;by=10.0.0.1     | 203.0.113.7
            proto=https; for=203.0.113.7                       | 203.0.113.7
            for="[2a00:1450::1]:4711"                          | 2a00:1450::1
            for=198.51.100.1, for=203.0.113.7;by=10.2.2.2, for=10.1.2.3 | 203.0.113.7
            for=198.51.100.1;host="a,for=1.2.3.4;b", for=203.0.113.7 | 203.0.113.7
            for="203.0.113.7:_port"                            | 203.0.113.7
            for=_hidden                                        | 10.0.0.1
            for=203.0.113.7, for=unknown                       | 10.0.0.1
            for=203.0.113.7, proto=https                       | 10.0.0.1
            for="203.0.113.7                                   | 10.0.0.1
            for="x, for=203.0.113.7                            | 10.0.0.1
            203.0.113.7                                        | 10.0.0.1
            for=203.0.113.7 for=1.2.3.4                        | 10.0.0.1
            ``                                                 | 10.0.0.1
            """)
    void readsForwardedFromTheRight(String header, String client) {
        assertThat(of("10.0.0.1", List.of(header), List.of())).isEqualTo(client);
    }

    @Test
    void readsSeveralLinesAsOne() {
        assertThat(of("10.0.0.1", List.of(), List.of("198.51.100.1", "203.0.113.7", "10.1.2.3")))
                .isEqualTo("203.0.113.7");
        assertThat(of("10.0.0.1", List.of("for=\"x", "for=203.0.113.7"), List.of()))
                .isEqualTo("203.0.113.7");
    }

    @Test
    void believesNobodyElse() {
        assertThat(of("203.0.113.7", List.of("for=198.51.100.1"), List.of("198.51.100.1")))
                .isEqualTo("203.0.113.7");
        assertThat(of("192.0.2.2", List.of(), List.of("198.51.100.1"))).isEqualTo("192.0.2.2");
        assertThat(new ClientAddress(List.of()).of(address("127.0.0.1"), List.of(), List.of("198.51.100.1")))
                .isEqualTo(address("127.0.0.1"));
    }

    @Test
    void believesNeitherOfTwoThatDiffer() {
        assertThat(of("10.0.0.1", List.of("for=198.51.100.1"), List.of("203.0.113.7")))
                .isEqualTo("10.0.0.1");
        assertThat(of("10.0.0.1", List.of("for=203.0.113.7"), List.of("203.0.113.7")))
                .isEqualTo("203.0.113.7");
    }

    @Test
    void readsTheLongestHeaders() {
        String long64k = "for=\"[::1]\",".repeat(6_000);

        assertThat(of("10.0.0.1", List.of(long64k + "for=203.0.113.7"), List.of()))
                .isEqualTo("203.0.113.7");
        assertThat(of("10.0.0.1", List.of("x=\"" + "\\a".repeat(30_000) + "\""), List.of()))
                .isEqualTo("10.0.0.1");
    }

    private static String of(String peer, List<String> forwarded, List<String> xForwardedFor) {
        InetAddress client = CLIENTS.of(address(peer), forwarded, xForwardedFor);
        return Stream.of("2a00:1450::1")
                .filter(literal -> address(literal).equals(client))
                .findFirst()
                .orElse(client.getHostAddress());
    }

    private static InetAddress address(String literal) {
        return IpNetwork.address(literal).orElseThrow();
    }

    private static ClientAddress trusting(String proxies) {
        Map<String, String> settings = Map.of(Settings.TRUSTED_PROXIES, proxies);
        return new ClientAddress(
                Settings.read(name -> Optional.ofNullable(settings.get(name))).trustedProxies());
    }
}
