package dev.realms.web.json;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** The length of a text in Unicode code points, as PostgreSQL's {@code char_length} counts it ({@code @Size} counts UTF-16 units). */
@Constraint(validatedBy = TextLength.Validator.class)
@Retention(RetentionPolicy.RUNTIME)
public @interface TextLength {

    int min() default 0;

    int max();

    String message() default "must have {min} to {max} characters";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Leaves {@code null} to {@code @NotNull}; looks inside a {@link Change}. */
    class Validator implements ConstraintValidator<TextLength, Object> {

        private static final String AT_MOST = "must have at most {max} characters";

        private int min;
        private int max;

        @Override
        public void initialize(TextLength length) {
            min = length.min();
            max = length.max();
        }

        @Override
        public boolean isValid(Object value, ConstraintValidatorContext context) {
            Object text = value instanceof Change<?> change ? change.value() : value;
            if (text == null) {
                return true;
            }
            String string = text.toString();
            int length = string.codePointCount(0, string.length());
            if (length > max && min == 0) {
                context.disableDefaultConstraintViolation();
                context.buildConstraintViolationWithTemplate(AT_MOST).addConstraintViolation();
            }
            return length >= min && length <= max;
        }
    }
}
