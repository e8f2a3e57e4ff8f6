package dev.realms.auth;

/** A token, shown once. */
public record TokenView(String token) {}
