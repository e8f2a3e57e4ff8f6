package dev.realms.job;

import java.util.UUID;

/** Which jobs a list shows; null stands for any. */
public record JobFilter(UUID documentId, JobStatus status) {}
