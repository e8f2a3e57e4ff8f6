package dev.realms.web.body;

/** A body that lies in a file as long as its request lasts: it may be larger than others. */
public interface KeptBody {

    /** Equal for equal bodies, byte by byte. */
    String digest();
}
