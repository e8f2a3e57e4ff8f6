package dev.realms.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What PostgreSQL says on a bad day, and what callers are told: to ask again, or that it is our fault. */
class BadDayTest {

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "08000, connection exception, 503",
        "08001, no connection, 503",
        "08003, connection does not exist, 503",
        "08004, rejected connection, 503",
        "08006, connection failure, 503",
        "08007, transaction resolution unknown, 503",
        "08P01, protocol violation, 503",
        "25006, read-only transaction or standby, 503",
        "25P03, idle in transaction for too long, 503",
        "25P04, transaction for too long, 503",
        "40001, serialization failure, 503",
        "40P01, deadlock, 503",
        "53000, insufficient resources, 503",
        "53100, disk full, 503",
        "53200, out of memory, 503",
        "53300, too many connections, 503",
        "53400, configuration limit exceeded, 503",
        "55P03, lock not available, 503",
        "57014, cancelled or statement timeout, 503",
        "57P01, admin shutdown, 503",
        "57P02, crash shutdown, 503",
        "57P03, cannot connect now, 503",
        "57P04, database dropped, 503",
        "57P05, idle session for too long, 503",
        "58000, system error, 503",
        "58030, I/O error, 503",
        "58P01, undefined file, 503",
        "25P02, failed transaction, 500",
        "42501, insufficient privilege, 500",
        "42P01, undefined table, 500",
        "XX000, internal error, 500",
        "XX001, data corrupted, 500",
        "XX002, index corrupted, 500"
    })
    void isToldAsWhatItIs(String state, String what, int status) {
        int told = ConstraintProblems.of(new SQLException(what, state))
                .map(problem -> problem.type().status())
                .orElse(500);

        assertThat(told).isEqualTo(status);
    }
}
