package dev.realms.web;

import java.time.Instant;
import java.util.UUID;

/** What a list shows, in the order of its creation. */
public interface Listed {

    UUID id();

    Instant createdAt();
}
