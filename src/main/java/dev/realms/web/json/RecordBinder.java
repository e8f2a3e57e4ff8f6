package dev.realms.web.json;

import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.FieldError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.MessageInterpolator;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes a validated record of a JSON object. All that is wrong is reported at once: members the record does not have, values
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

    /** @throws DomainException {@code validation}, with every field that is wrong */
    public <T extends Record> T bind(JsonObject json, Class<T> type) {
        return bind(json, json.keySet(), type);
    }

    /** @param given the members that the caller has sent, where others are added that are there already */
    <T extends Record> T bind(JsonObject json, Set<String> given, Class<T> type) {
        List<FieldError> errors = new ArrayList<>();
        RecordShape shape = RecordShape.of(type);
        Object[] values = new Object[shape.size()];
        TreeSet<String> unknown = new TreeSet<>(json.keySet());
        for (int i = 0; i < values.length; i++) {
            String name = shape.name(i);
            unknown.remove(name);
            JsonValue value = json.get(name);
            if (value == JsonValue.NULL && shape.component(i).isAnnotationPresent(Kept.class)) {
                errors.add(new FieldError(name, "must not be null"));
            } else if (value != null) {
                try {
                    if (given.contains(name)) {
                        Values.requireFit(value);
                    }
                    values[i] = Values.convert(value, shape.component(i).getGenericType());
                } catch (Values.Unfit e) {
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
        return valid(Records.make(type, values));
    }

    private <T> T valid(T bound) {
        List<FieldError> errors = validator.validate(bound).stream()
                .map(RecordBinder::error)
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
