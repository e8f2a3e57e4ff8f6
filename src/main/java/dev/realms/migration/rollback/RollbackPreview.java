package dev.realms.migration.rollback;

import dev.realms.migration.check.Baseline.TableCheck;
import dev.realms.migration.check.Differences;
import dev.realms.security.secret.SecretBox;
import dev.realms.sql.FoundRows;
import dev.realms.sql.Sql;
import jakarta.annotation.Nullable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * What a rollback would do.
 *
 * @param ready nothing gets in the way, as far as can be known before anything is closed
 * @param obstacle what gets in the way, in one sentence; null where nothing does
 * @param differences rows that were lost, or changed without being noted; a rollback refuses unless they are accepted by name
 * @param realms how many would go to the archive
 * @param rowsOutsideDefaultRealms by table; the archive would know their realms
 * @param databasesToRename their name is also that of another database of their user
 * @param keysToRevoke all but plain ones of default realms that are neither revoked nor running out
 * @param keysWithoutPlainText how many of these nobody has in plain any more
 * @param credentials how many credentials would be given back in plain
 * @param unreadableCredentials servers with a credential that no key opens; it would stay sealed
 * @param secretKey {@code present}, {@code missing}, or {@code not-needed} where nothing is sealed; a rollback refuses without one
 * @param answers how many changes that came of answers to the preflight would be undone
 */
public record RollbackPreview(
        boolean ready,
        @Nullable String obstacle,
        List<TableCheck> differences,
        long realms,
        Map<String, Long> rowsOutsideDefaultRealms,
        FoundRows databasesToRename,
        FoundRows keysToRevoke,
        long keysWithoutPlainText,
        long credentials,
        FoundRows unreadableCredentials,
        String secretKey,
        long answers) {

    /** @param connection of the schema owner; the schema must be the one that the expansion has made */
    public static RollbackPreview of(Connection connection, SecretBox box) throws SQLException {
        SealedCredentials.Examined credentials = new SealedCredentials(connection, box).examine();
        List<TableCheck> differences = Differences.of(connection);
        String obstacle = credentials
                .missingKey()
                .or(() -> Differences.sentence(differences))
                .orElse(null);
        return new RollbackPreview(
                obstacle == null,
                obstacle,
                differences,
                Sql.count(connection, "realms"),
                new Archive(connection).rowsOutsideDefaultRealms(),
                new Archive(connection).renamed(),
                ApiKeyRevocation.due(connection),
                ApiKeyRevocation.withoutPlainText(connection),
                credentials.sealed(),
                credentials.unreadable(),
                credentials.sealed() == 0 ? "not-needed" : credentials.withoutKey() == 0 ? "present" : "missing",
                AnswerUndo.due(connection));
    }
}
