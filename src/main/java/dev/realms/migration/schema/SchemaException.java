package dev.realms.migration.schema;

/** The schema can't be brought to where it should be. The message is one sentence for the operator. */
public final class SchemaException extends RuntimeException {

    SchemaException(String sentence) {
        super(sentence);
    }

    SchemaException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
