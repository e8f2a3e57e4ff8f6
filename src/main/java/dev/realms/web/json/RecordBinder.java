package dev.realms.web.json;

import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.FieldError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.MessageInterpolator;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes a validated record of the members of a JSON object. All that is wrong is reported at once: members the record does not have, values
 * of the wrong type, broken constraints.
 */
@ApplicationScoped
public class RecordBinder {

    private static final int MOST_UNKNOWN = 50;

    private Validator validator;

    @Inject
    void useEnglish(ValidatorFactory factory) {
        MessageInterpolator standard = factory.getMessageInterpolator();
        validator = factory.usingContext()
                .messageInterpolator(new MessageInterpolator() {
                    @Override
                    public String interpolate(String template, Context context) {
                        return standard.interpolate(template, context, Locale.ENGLISH);
                    }

                    @Override
                    public String interpolate(String template, Context context, Locale locale) {
                        return standard.interpolate(template, context, Locale.ENGLISH);
                    }
                })
                .getValidator();
    }

    /**
     * @param members by name: String, BigDecimal, Boolean, List, Map or null
     * @throws DomainException {@code validation}, with every field that is wrong
     */
    public <T extends Record> T bind(Map<String, Object> members, Class<T> type) {
        return bind(members, type, null);
    }

    /** @param current has the values of what is not given, but for a {@link Change}, which stays unknown; null when nothing is there yet */
    <T extends Record> T bind(Map<String, Object> members, Class<T> type, Record current) {
        List<FieldError> errors = new ArrayList<>();
        RecordType shape = RecordType.of(type);
        Object[] values = new Object[shape.size()];
        TreeSet<String> unknown = new TreeSet<>(members.keySet());
        for (int i = 0; i < values.length; i++) {
            String name = shape.name(i);
            RecordComponent component = shape.component(i);
            if (!unknown.remove(name)) {
                values[i] =
                        current == null || component.getType() == Change.class ? null : RecordType.value(name, current);
            } else if (members.get(name) == null && component.isAnnotationPresent(Kept.class)) {
                errors.add(new FieldError(name, "must not be null"));
            } else {
                try {
                    values[i] = MemberConversion.convert(members.get(name), component.getGenericType());
                } catch (MemberConversion.Unfit e) {
                    errors.add(new FieldError(name, e.getMessage()));
                }
            }
        }
        // Some are enough: an answer must not become larger than what it answers.
        unknown.stream()
                .limit(MOST_UNKNOWN)
                .forEach(name -> errors.add(new FieldError(name, "is not a field that can be set")));
        if (!errors.isEmpty()) {
            throw DomainException.invalid(errors);
        }
        return valid(type.cast(shape.make(values)), current == null ? null : members.keySet());
    }

    /** @param given the fields that were given, of which alone faults are told: rows from before realms have values that nobody may give; null for all */
    private <T> T valid(T bound, Set<String> given) {
        List<FieldError> errors = validator.validate(bound).stream()
                .map(RecordBinder::error)
                .filter(error -> given == null || given.contains(error.field().replaceFirst("\\[.*", "")))
                .sorted((a, b) -> a.field().compareTo(b.field()))
                .toList();
        if (!errors.isEmpty()) {
            throw DomainException.invalid(errors);
        }
        return bound;
    }

    private static FieldError error(ConstraintViolation<?> violation) {
        String[] path = violation.getPropertyPath().toString().split("\\.");
        return new FieldError(Arrays.stream(path).findFirst().orElse(""), violation.getMessage());
    }
}
