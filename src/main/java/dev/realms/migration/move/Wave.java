package dev.realms.migration.move;

import java.io.Serializable;
import java.util.List;

/** Portions that are done at the same time, each in a transaction and a session of its own. */
public record Wave(List<KeyRange> ranges) implements Serializable {}
