package dev.realms.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTTP/1.1 byte by byte, as no well-behaved client sends it. Gives up after 20 seconds. */
public final class Wire {

    /** What is sent after the head; it fails when the server has had enough. */
    @FunctionalInterface
    public interface Body {
        void to(OutputStream out) throws Exception;
    }

    /** The last answer (an interim one does not count), or status 0 when there was none. */
    public record Answer(int status, String head, String body, Duration time) {

        public String header(String name) {
            Matcher header = Pattern.compile("(?im)^" + name + ": *(.*?)\\r?$").matcher(head);
            return header.find() ? header.group(1) : "";
        }
    }

    private static final int TIMEOUT_MILLIS = 20_000;
    private static final Pattern STATUS = Pattern.compile("HTTP/1.1 (\\d{3})");

    private final int port;
    private final String from;

    private Wire(int port, String from) {
        this.port = port;
        this.from = from;
    }

    public static Wire at(URI base) {
        return new Wire(base.getPort(), "127.0.0.1");
    }

    /** The same, from another address of the loopback interface. */
    public Wire from(String address) {
        return new Wire(port, address);
    }

    /** @param head the request line and the headers, a line each */
    public Answer send(String head, Body body) {
        long start = System.nanoTime();
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            OutputStream out = socket.getOutputStream();
            Thread sender = new Thread(() -> {
                try {
                    out.write((head.strip().replace("\n", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
                    body.to(out);
                } catch (Exception e) {
                    // The answer tells.
                }
            });
            sender.setDaemon(true);
            sender.start();
            String text = read(socket.getInputStream());
            sender.interrupt();
            return answer(text, Duration.ofNanos(System.nanoTime() - start));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(InputStream in) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            while (!isWhole(bytes.toString(StandardCharsets.UTF_8))) {
                byte[] some = new byte[65_536];
                int n = in.read(some);
                if (n < 0) {
                    break;
                }
                bytes.write(some, 0, n);
            }
        } catch (IOException e) {
            // Reset, or nothing for too long: what has come so far tells.
        }
        return withoutInterim(bytes.toString(StandardCharsets.UTF_8));
    }

    private static boolean isWhole(String text) {
        String last = withoutInterim(text);
        int head = last.indexOf("\r\n\r\n");
        Matcher length = Pattern.compile("(?i)content-length: *(\\d+)").matcher(last);
        return head > 0
                && (length.find()
                        ? last.substring(head + 4).getBytes(StandardCharsets.UTF_8).length
                                >= Integer.parseInt(length.group(1))
                        : last.endsWith("0\r\n\r\n"));
    }

    private static String withoutInterim(String text) {
        return text.replaceFirst("^HTTP/1.1 100[^\\r]*\\r\\n(?:[^\\r]+\\r\\n)*\\r\\n", "");
    }

    private static Answer answer(String text, Duration time) {
        Matcher status = STATUS.matcher(text);
        String[] parts = text.split("\r\n\r\n", 2);
        return new Answer(
                status.lookingAt() ? Integer.parseInt(status.group(1)) : 0,
                parts[0],
                parts.length > 1 ? parts[1] : "",
                time);
    }
}
