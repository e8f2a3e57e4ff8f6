package dev.realms.web.problem;

/** One field of the request and what is wrong with it. */
public record FieldError(String field, String message) {}
