package dev.realms.web.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realms.settings.IpNetwork;
import org.junit.jupiter.api.Test;

class FailedSignInsTest {

    @Test
    void takesAnIpv6NetworkForOneAddress() {
        assertThat(counted("2001:db8:0:1:2:3:4:5"))
                .isEqualTo(counted("2001:db8::1:ffff:0:0:9"))
                .isNotEqualTo(counted("2001:db8:0:2:2:3:4:5"));
    }

    @Test
    void tellsIpv4AddressesApart() {
        assertThat(counted("192.0.2.1")).isNotEqualTo(counted("192.0.2.2"));
        assertThat(counted("::ffff:192.0.2.1")).isEqualTo(counted("192.0.2.1"));
    }

    private static String counted(String literal) {
        return FailedSignIns.counted(IpNetwork.address(literal).orElseThrow());
    }
}
