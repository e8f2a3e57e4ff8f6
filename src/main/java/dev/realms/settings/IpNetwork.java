package dev.realms.settings;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** The addresses that begin with the same bits, perhaps one: {@code 10.0.0.0/8}, {@code 2001:db8::/32}, {@code 192.0.2.1}. */
public record IpNetwork(InetAddress address, int bits) {

    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern LIKE_IPV6 = Pattern.compile("[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");
    private static final Pattern BITS = Pattern.compile("\\d{1,3}");

    static Optional<IpNetwork> parse(String text) {
        String[] parts = text.split("/", -1);
        return address(parts[0])
                .flatMap(address -> parts.length == 1
                        ? Optional.of(new IpNetwork(address, length(address)))
                        : Optional.of(parts[1])
                                .filter(bits -> parts.length == 2
                                        && BITS.matcher(bits).matches()
                                        && Integer.parseInt(bits) <= length(address))
                                .map(bits -> new IpNetwork(address, Integer.parseInt(bits))));
    }

    /** Empty when the text is no address: no name is ever looked up. An IPv4 address that is written as IPv6 is the IPv4 address. */
    public static Optional<InetAddress> address(String literal) {
        try {
            if (IPV4.matcher(literal).matches()) {
                return Optional.of(InetAddress.getByName(literal));
            }
            return LIKE_IPV6.matcher(literal).matches()
                    ? Optional.of(InetAddress.getByName("[" + literal + "]"))
                    : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    public boolean holds(InetAddress other) {
        return length(other) == length(address)
                && number(other)
                                .xor(number(address))
                                .shiftRight(length(address) - bits)
                                .signum()
                        == 0;
    }

    private static int length(InetAddress address) {
        return address.getAddress().length * Byte.SIZE;
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    /** As it can be read again. */
    @Override
    public String toString() {
        return address.getHostAddress() + "/" + bits;
    }
}
