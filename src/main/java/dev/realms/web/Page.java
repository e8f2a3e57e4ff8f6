package dev.realms.web;

import java.util.List;

/** A page of a list; {@code nextCursor} is null on the last one. */
public record Page<T>(List<T> items, String nextCursor) {}
