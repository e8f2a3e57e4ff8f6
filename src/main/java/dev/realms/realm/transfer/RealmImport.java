package dev.realms.realm.transfer;

import dev.realms.realm.RowCounts;
import jakarta.annotation.Nullable;
import java.util.List;
import java.util.UUID;

/**
 * What an import made, or would make.
 *
 * @param realmId the new realm's; null of a dry run
 * @param name the new realm's
 * @param nameTaken whether another realm of the caller has the name, which is refused but in a dry run
 * @param imported how many rows the new realm holds
 * @param idsTaken how many rows get other ids, because theirs are not free
 * @param taken the first hundred of them
 */
public record RealmImport(
        boolean dryRun,
        @Nullable UUID realmId,
        String name,
        boolean nameTaken,
        RowCounts imported,
        int idsTaken,
        List<TakenId> taken) {

    /**
     * A row whose id is not free.
     *
     * @param kind {@code server}, {@code database}, {@code document} or {@code job}
     * @param id in the lines
     * @param newId what it has now; null of a dry run
     */
    public record TakenId(String kind, String id, @Nullable String newId) {}
}
