package dev.realms.web;

import java.time.Instant;

/** What a list shows, in the order of its creation. */
public interface Listed {

    String id();

    Instant createdAt();
}
