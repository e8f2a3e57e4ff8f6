package dev.realms.testing;

/** How much is tried of what could be tried without end: {@code -Drealms.effort=10} for ten times as much as in the gate. */
public final class Effort {

    public static final int TIMES = Integer.getInteger("realms.effort", 1);

    private Effort() {}
}
