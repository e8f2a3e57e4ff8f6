package dev.realms.web.json;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.regex.Pattern;

/**
 * A name that people can see, and tell from others: it has a visible character, and none that shows nothing, be it a control, a format, a
 * filler or a line's end. The zero-width joiner and non-joiner may stand where they show something: behind a character of a script that
 * joins, or behind a picture, not behind Latin, Greek and Cyrillic letters, digits, ASCII and blanks.
 */
@Constraint(validatedBy = VisibleName.Validator.class)
@Retention(RetentionPolicy.RUNTIME)
public @interface VisibleName {

    /** Whether a blank one is left to another constraint, such as {@code @NotBlank}, so that one fault is told once. */
    boolean leavesBlank() default true;

    String message() default "must have a visible character, and none that shows nothing";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Leaves {@code null} to {@code @NotNull}. */
    class Validator implements ConstraintValidator<VisibleName, String> {

        private static final Pattern VISIBLE =
                Pattern.compile("[^\\p{Z}\\p{Cc}\\p{Cf}\\x{2800}\\x{FE00}-\\x{FE0F}\\x{E0100}-\\x{E01EF}]");

        /** Formats but those that Arabic, Syriac and Kaithi draw around numbers. */
        private static final String FORMATS = "[\\p{Cf}&&[^\\x{200C}\\x{200D}\\x{0600}-\\x{0605}\\x{06DD}\\x{070F}"
                + "\\x{0890}\\x{0891}\\x{08E2}\\x{110BD}\\x{110CD}]]";

        /** Looked at from behind, a character of two units is its second one, of which no class says more. */
        private static final String JOINERS =
                "(?<![^\\p{IsLatin}\\p{IsGreek}\\p{IsCyrillic}\\p{ASCII}\\p{Z}\\p{Cc}\\p{Cf}])[\\x{200C}\\x{200D}]";

        private static final Pattern HIDDEN = Pattern.compile(
                "[\\p{Cc}\\p{Zl}\\p{Zp}" + PermittedCharacters.FILLERS + "]|" + FORMATS + "|" + JOINERS);

        private boolean leavesBlank;

        @Override
        public void initialize(VisibleName rule) {
            leavesBlank = rule.leavesBlank();
        }

        @Override
        public boolean isValid(String name, ConstraintValidatorContext context) {
            // Blank as @NotBlank has it, which knows no blanks but ASCII's.
            return name == null || leavesBlank && name.trim().isEmpty() || isVisible(name);
        }

        static boolean isVisible(String name) {
            return VISIBLE.matcher(name).find() && !HIDDEN.matcher(name).find();
        }
    }
}
