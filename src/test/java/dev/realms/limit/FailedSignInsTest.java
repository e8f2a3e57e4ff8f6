package dev.realms.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailedSignInsTest {

    @Test
    void takesAnIpv6NetworkForOneAddress() {
        assertThat(FailedSignIns.address("2001:db8:0:1:2:3:4:5"))
                .isEqualTo(FailedSignIns.address("2001:db8::1:ffff:0:0:9"))
                .isNotEqualTo(FailedSignIns.address("2001:db8:0:2:2:3:4:5"));
    }

    @Test
    void tellsIpv4AddressesApart() {
        assertThat(FailedSignIns.address("192.0.2.1")).isNotEqualTo(FailedSignIns.address("192.0.2.2"));
        assertThat(FailedSignIns.address("::ffff:192.0.2.1")).isEqualTo(FailedSignIns.address("192.0.2.1"));
    }
}
