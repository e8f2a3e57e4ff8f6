package dev.realms.realm;

/** Numbers of rows, by what they are. */
public record RowCounts(long servers, long databases, long documents, long jobs) {}
