package dev.realms.migration.move;

import java.util.List;

/** What could not be moved, and what could not be at first: those that are left before those that are done. */
public record FailedChunksView(List<FailedChunk> items) {}
