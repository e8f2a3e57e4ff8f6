package dev.realms.apikey;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * How API keys are written: {@code rlm_}, 32 random characters of base 62 (190 bits), and 6 more that hold the CRC-32 of all
 * before them, so that a mistyped key is refused without asking the database and a leaked one can be recognised by scanners.
 * Pre-realm keys have any form; they are no keys of this format.
 */
public final class ApiKeyFormat {

    /** A text that was meant to be a key of this format is one, or can't be one. Any {@link #OTHER} may be an old key. */
    public enum Form {
        KEY,
        MISTYPED,
        OTHER
    }

    public static final String START = "rlm_";

    /** What a key is like as its owner presents it: a pattern, quoted for SQL. */
    public static final String PRESENTED = "'^rlm_[0-9A-Za-z]{38}$'";

    /** What is stored of it, the hash and a random ending: a pattern, quoted for SQL. */
    public static final String STORED = "'^sha256:[0-9a-f]{64}:[0-9a-f]{32}$'";

    private static final Pattern HASH = Pattern.compile("sha256:[0-9a-f]{64}:[0-9a-f]{32}");
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int HASH_LENGTH = 71;
    private static final int SALT_BYTES = 16;
    private static final int RANDOM = 32;
    private static final int CHECKSUM = 6;
    private static final int PREFIX = 12;
    private static final int LENGTH = START.length() + RANDOM + CHECKSUM;
    private static final SecureRandom RANDOMNESS = new SecureRandom();

    private ApiKeyFormat() {}

    /** A new key, to be shown once. */
    public static String generate() {
        StringBuilder key = new StringBuilder(START);
        for (int i = 0; i < RANDOM; i++) {
            key.append(DIGITS.charAt(RANDOMNESS.nextInt(DIGITS.length())));
        }
        return key + checksum(key.toString());
    }

    /** What a text looks like; says nothing of whether it was ever given out. */
    public static Form form(String text) {
        return !hasShape(text) ? Form.OTHER : holdsChecksum(text) ? Form.KEY : Form.MISTYPED;
    }

    private static boolean hasShape(String text) {
        return text.length() == LENGTH
                && text.startsWith(START)
                && text.chars().skip(START.length()).allMatch(c -> DIGITS.indexOf(c) >= 0);
    }

    private static boolean holdsChecksum(String text) {
        int split = text.length() - CHECKSUM;
        return text.substring(split).equals(checksum(text.substring(0, split)));
    }

    /** By what a key is found. It is random enough that a fast hash without salt can't be reversed. */
    public static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * What the database keeps in the key's place: its hash and 128 random bits. The pre-realm application honours whoever
     * presents the kept text, and a mere hash could be computed from a key that is not good for it.
     */
    public static String kept(String text) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOMNESS.nextBytes(salt);
        return hash(text) + ":" + HexFormat.of().formatHex(salt);
    }

    /** As the database's {@code api_key_hash}: by what the key is found that is kept, or stands there in plain. */
    static String hashOf(String stored) {
        return isKept(stored) ? stored.substring(0, HASH_LENGTH) : hash(stored);
    }

    /** Any other text is a key in plain. */
    static boolean isKept(String stored) {
        return HASH.matcher(stored).matches();
    }

    /** The part by which its owner recognises a key: too short to guess the rest from. */
    public static String prefix(String text) {
        return text.substring(0, Math.min(PREFIX, text.length()));
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        StringBuilder digits = new StringBuilder();
        long left = crc.getValue();
        for (int i = 0; i < CHECKSUM; i++, left /= DIGITS.length()) {
            digits.append(DIGITS.charAt((int) (left % DIGITS.length())));
        }
        return digits.reverse().toString();
    }
}
