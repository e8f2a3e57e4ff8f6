package dev.realms.user;

/** How the console looks. */
enum Theme {
    LIGHT,
    DARK,
    SYSTEM
}
