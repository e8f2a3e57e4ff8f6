package dev.realms.migration.job;

import java.util.List;

/** What this server's job repository remembers, newest first. */
public record ExecutionsView(List<ExecutionView> items) {}
