package dev.realms.migration;

import dev.realms.migration.check.Baseline;
import dev.realms.migration.check.Verification;
import dev.realms.migration.check.VerificationReport;
import dev.realms.schema.ContractSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** The steps of the job one after the other, with no application server around them. */
public final class PlainMigration {

    private final DataSource owner;
    private Duration longest = Duration.ZERO;

    public PlainMigration(DataSource owner) {
        this.owner = owner;
    }

    /** Everything from the baseline to the contract; the database must be expanded. */
    public VerificationReport run() throws SQLException {
        moveRows();
        VerificationReport report = verify();
        if (report.passed()) {
            new ContractSchema(owner).run(() -> false);
        }
        return report;
    }

    public void moveRows() throws SQLException {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET realms.migration = 'on'; SET plan_cache_mode = 'force_custom_plan'; SET jit = off");
            Baseline.take(connection);
            Progress.reset(connection);
            for (Portions portions : Portions.ALL) {
                Statistics.refresh(connection, portions.changed());
                move(connection, portions);
                Statistics.refresh(connection, portions.changed());
            }
        }
    }

    /** Everything up to the verification, which the contract would follow. */
    public VerificationReport verifyAfterMoving() throws SQLException {
        moveRows();
        return verify();
    }

    public VerificationReport verify() throws SQLException {
        try (Connection connection = owner.getConnection()) {
            return Verification.run(connection);
        }
    }

    Duration longest() {
        return longest;
    }

    private void move(Connection connection, Portions portions) throws SQLException {
        ChunkSize size = new ChunkSize();
        UUID from = KeyRange.START;
        for (Optional<KeyRange> range = portions.next(connection, from, size.rows());
                range.isPresent();
                range = portions.next(connection, from, size.rows())) {
            Chunk.Result result = Chunk.run(connection, portions, range.get());
            size.measured(result.done(), result.took());
            longest = longest.compareTo(result.took()) < 0 ? result.took() : longest;
            from = range.get().next();
        }
    }
}
