package dev.realms.realm.transfer;

import java.util.Optional;

/** A line with a row of a realm. */
sealed interface RowLine permits ServerLine, DatabaseLine, DocumentLine, JobLine {

    String id();

    RowKind rowKind();

    /** The id of the row that it refers to. */
    Optional<String> reference();
}
