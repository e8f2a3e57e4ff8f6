package dev.realms.apikey;

/** What an API key is good for. It never changes: for another access there is another key. */
public enum KeyAccess {
    /** Looks at everything in its realm and changes nothing. */
    READ,
    /** Does what its owner may do in its realm, except with keys. */
    WRITE
}
