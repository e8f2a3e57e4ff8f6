package dev.realms.ops.execution;

import java.util.List;

/** What this node's job repository remembers, newest first. */
public record JobExecutionsView(List<JobExecutionView> items) {}
