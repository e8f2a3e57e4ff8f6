package dev.realms.realm;

import dev.realms.web.json.Ids;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * What goes from a realm to another one of its owner, with all that hangs on it: servers take their databases along, databases their
 * documents, documents their jobs. API keys stay.
 *
 * @param everything all servers, databases and documents of the realm, in place of ids
 * @param serverId the other realm's server to which databases go whose own server stays; null refuses to move them
 * @param detach whether documents whose database stays go without one, which is refused otherwise
 * @param rename whether databases whose name is taken get a number behind it, which is refused otherwise
 * @param dryRun whether to look only
 */
public record MoveRows(
        @NotNull UUID targetRealmId,
        @Size(max = MOST) List<@Pattern(regexp = Ids.FORM, message = Ids.FAULT) String> servers,
        @Size(max = MOST) List<@Pattern(regexp = Ids.FORM, message = Ids.FAULT) String> databases,
        @Size(max = MOST) List<@Pattern(regexp = Ids.FORM, message = Ids.FAULT) String> documents,
        Boolean everything,
        @Pattern(regexp = Ids.FORM, message = Ids.FAULT) String serverId,
        Boolean detach,
        Boolean rename,
        Boolean dryRun) {

    /** Of ids of one kind; more go with what they hang on, or with everything. */
    static final int MOST = 1_000;

    public MoveRows {
        servers = Objects.requireNonNullElse(servers, List.of());
        databases = Objects.requireNonNullElse(databases, List.of());
        documents = Objects.requireNonNullElse(documents, List.of());
        everything = Boolean.TRUE.equals(everything);
        detach = Boolean.TRUE.equals(detach);
        rename = Boolean.TRUE.equals(rename);
        dryRun = Boolean.TRUE.equals(dryRun);
    }

    boolean namesRows() {
        return !servers.isEmpty() || !databases.isEmpty() || !documents.isEmpty();
    }
}
