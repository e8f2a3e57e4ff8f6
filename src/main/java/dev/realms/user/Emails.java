package dev.realms.user;

import dev.realms.web.json.PermittedCharacters;
import java.text.Normalizer;
import java.util.regex.Pattern;

/** What can be an e-mail address, and when two are the same; whether mail arrives there is not ours to know. */
public final class Emails {

    /** What shows nothing: Unicode's blanks, controls and formats, and letters, signs and marks that are fillers or select a form. Spelled as both Java and ECMAScript (with its flag u) read it. */
    private static final String UNSEEN =
            "\\p{Z}\\p{C}" + PermittedCharacters.FILLERS + "\\uFE00-\\uFE0F\\uDB40\\uDD00-\\uDB40\\uDDEF";

    /** Two addresses that look alike would be two people. */
    public static final String PATTERN = "[^@" + UNSEEN + "]+@[^@" + UNSEEN + "]+";

    /** For brackets of PostgreSQL, whose classes follow the locale. What Unicode has not assigned yet is not in it. */
    static final String UNSEEN_IN_SQL =
            "\\u0001-\\u0020\\u007F-\\u00A0\\u00AD\\u034F\\u0600-\\u0605\\u061C\\u06DD\\u070F\\u0890\\u0891\\u08E2\\u115F\\u1160\\u1680"
                    + "\\u17B4\\u17B5\\u180B-\\u180F\\u2000-\\u200F\\u2028-\\u202F\\u205F-\\u206F\\u2800\\u3000\\u3164\\uE000-\\uF8FF\\uFE00-\\uFE0F\\uFEFF"
                    + "\\uFFA0\\uFFF9-\\uFFFB\\U000110BD\\U000110CD\\U00013430-\\U0001343F\\U0001BCA0-\\U0001BCA3\\U0001D173-\\U0001D17A\\U000E0001-\\U000E01EF"
                    + "\\U000F0000-\\U0010FFFD";

    /** {@link #PATTERN} for PostgreSQL, without its quotes and anchors. */
    public static final String SQL_PATTERN = "[^@" + UNSEEN_IN_SQL + "]+@[^@" + UNSEEN_IN_SQL + "]+";

    public static final String MESSAGE = "must be an e-mail address";

    /** In characters: no longer one is a path that mail can take (RFC 5321). */
    public static final int LONGEST = 254;

    private static final Pattern ADDRESS = Pattern.compile(PATTERN);

    private Emails() {}

    public static boolean isAddress(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST
                && ADDRESS.matcher(text).matches();
    }

    /**
     * By what addresses are compared: A to Z without their case, everything else as it is, in NFC. {@code realms_doors.email_key} is
     * the same rule in the database.
     */
    public static String key(String email) {
        StringBuilder key = new StringBuilder(Normalizer.normalize(email, Normalizer.Form.NFC));
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                key.setCharAt(i, (char) (c + 'a' - 'A'));
            }
        }
        return key.toString();
    }
}
