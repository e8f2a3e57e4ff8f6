package dev.realms.document;

import static dev.realms.document.DocumentState.DELETED;
import static dev.realms.document.DocumentState.DEPRECATED;
import static dev.realms.document.DocumentState.INGESTED;
import static dev.realms.document.DocumentState.INGESTING;
import static dev.realms.document.DocumentState.PENDING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realms.testing.Realms;
import dev.realms.web.json.Ids;
import dev.realms.web.problem.DomainException;
import dev.realms.web.problem.ProblemType;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentTest {

    private static final List<DocumentState> ARROWS = List.of(PENDING, INGESTING, INGESTED, DEPRECATED, DELETED);

    @Test
    void startsPendingInItsFirstVersionUnlessToldOtherwise() {
        DocumentView view = document(PENDING).view();

        assertThat(view.state()).isEqualTo(PENDING);
        assertThat(view.version()).isEqualTo(1);
        assertThat(view.chunks()).isZero();
        assertThat(view.quality()).isZero();
        assertThat(view.uploadDate()).isEqualTo(view.createdAt());
        assertThat(view.databaseId()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void movesForwardAlongTheArrowsAndNeverBack(DocumentState from) {
        for (DocumentState to : DocumentState.values()) {
            Document document = document(from);
            if (ARROWS.indexOf(to) >= ARROWS.indexOf(from)) {
                document.moveTo(to);
                assertThat(document.view().state()).isEqualTo(to);
            } else {
                assertThatExceptionOfType(DomainException.class)
                        .isThrownBy(() -> document.moveTo(to))
                        .withMessage("A document does not go back from " + from + " to " + to + ".")
                        .matches(refused -> refused.type() == ProblemType.WRONG_STATE);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, -0.001, 1.001, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void hasNoQualityThatIsNotANumberFromZeroToOne(double quality) {
        assertThatThrownBy(() -> document(PENDING).rate(quality)).hasMessage("quality must be between 0 and 1.");
    }

    @Test
    void keepsWhatAnUpdateLeavesOutUnlessItMayBeEmpty() {
        Document document = new Document(
                Realms.any(), new CreateDocument("a", "t", INGESTED, 2, 3, 0.5, Instant.EPOCH, Ids.next()));

        document.update(new UpdateDocument("b", "u", null, null, null, null, null, null));

        DocumentView view = document.view();
        assertThat(view.name()).isEqualTo("b");
        assertThat(view.type()).isEqualTo("u");
        assertThat(view.state()).isEqualTo(INGESTED);
        assertThat(view.version()).isEqualTo(2);
        assertThat(view.chunks()).isEqualTo(3);
        assertThat(view.quality()).isEqualTo(0.5);
        assertThat(view.uploadDate()).isEqualTo(Instant.EPOCH);
        assertThat(view.databaseId()).isNull();
    }

    private static Document document(DocumentState state) {
        return new Document(
                Realms.any(), new CreateDocument("a.pdf", "application/pdf", state, null, null, null, null, null));
    }
}
