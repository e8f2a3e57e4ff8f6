package dev.realms.realm.transfer;

import dev.realms.server.ServerType;
import dev.realms.server.ServerView;
import dev.realms.web.json.Ids;
import dev.realms.web.json.RecordType;
import dev.realms.web.json.TextLength;
import dev.realms.web.json.VisibleName;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * A server.
 *
 * @param password sealed with the passphrase; null where there is none, or it was left out
 * @param apiKey as the password
 */
public record ServerLine(
        @NotNull String kind,

        @NotNull @Pattern(regexp = Ids.FORM, message = Ids.FAULT)
        String id,

        @NotBlank @TextLength(max = 2_000) @VisibleName String name,
        @NotNull ServerType type,
        @NotNull String host,
        @NotNull @Min(0) @Max(65_535) Integer port,
        String username,
        String password,
        String apiKey,
        String database,
        String collection,
        @NotNull Boolean isActive,
        Instant lastConnected,
        @NotNull Instant createdAt,
        @NotNull Instant updatedAt)
        implements RowLine {

    static ServerLine of(ServerView row, String password, String apiKey) {
        return new ServerLine(
                RowKind.SERVER.text(),
                row.id(),
                row.name(),
                row.type(),
                row.host(),
                row.port(),
                row.username(),
                password,
                apiKey,
                row.database(),
                row.collection(),
                row.isActive(),
                row.lastConnected(),
                row.createdAt(),
                row.updatedAt());
    }

    @Override
    public RowKind rowKind() {
        return RowKind.SERVER;
    }

    @Override
    public Optional<String> reference() {
        return Optional.empty();
    }

    /** What a sealed member is bound to: it opens nowhere else. */
    static String associated(String id, String member) {
        return "server|" + id + "|" + member;
    }

    boolean hasCredentials() {
        return password != null || apiKey != null;
    }

    /** With other credentials in place of those that are there. @param change of a member, by its name and its value */
    ServerLine withCredentials(BinaryOperator<String> change) {
        return with("password", password, change).with("apiKey", apiKey, change);
    }

    private ServerLine with(String member, String value, BinaryOperator<String> change) {
        return value == null ? this : RecordType.with(this, member, change.apply(member, value));
    }

    /** Without the credentials. */
    @Override
    public String toString() {
        return "ServerLine[" + name + "]";
    }
}
