package dev.realms.web.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.settings.IpNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestAddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.0/24",
        "255.255.255.255, 255.255.255.0/24",
        "::ffff:192.0.2.7, 192.0.2.0/24",
        "2001:db8:1:2::7, 2001:db8:1::/48",
        "2001:db8:0:2::7, 2001:db8::/48",
        "2001:0:1::7, 2001:0:1::/48",
        "2001::7, 2001::/48",
        "::1, ::/48",
        "0:0:a::1, 0:0:a::/48"
    })
    void namesTheNetworkAroundAnAddress(String address, String network) {
        assertThat(RequestAddress.network(IpNetwork.address(address).orElseThrow()))
                .isEqualTo(network);
    }
}
