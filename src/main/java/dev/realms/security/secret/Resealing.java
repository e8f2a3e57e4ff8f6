package dev.realms.security.secret;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.LongConsumer;

/** Seals all credentials by another key. Plain values are left alone. */
record Resealing(SecretBox box, String keyId) implements CredentialSweep.Form {

    /** @param overtaken values that somebody else changed meanwhile; @param unreadable the ids of servers with a value that no key opens */
    record Result(long resealed, long overtaken, List<String> unreadable) {}

    /** @see CredentialSweep#run */
    static Result run(Connection connection, SecretBox box, String keyId, LongConsumer progress) throws SQLException {
        CredentialSweep.Result result = CredentialSweep.run(connection, new Resealing(box, keyId), progress);
        return new Result(result.changed(), result.overtaken(), result.unreadable());
    }

    @Override
    public String isToDo(String column) {
        return "starts_with(%1$s, '%2$s') AND NOT starts_with(%1$s, '%3$s')"
                .formatted(column, SecretBox.FORM, SecretBox.formOf(keyId));
    }

    @Override
    public boolean isToDoValue(String value) {
        return SecretBox.isSealed(value) && !value.startsWith(SecretBox.formOf(keyId));
    }

    @Override
    public String of(String value, SecretPlace place) {
        return box.sealAgain(value, place, keyId);
    }
}
