package dev.realms.web.body;

import java.io.IOException;
import java.io.InputStream;

/** A body that lies in a file as long as its request lasts: it may be larger than others. */
public interface KeptBody {

    /** The bytes that were sent. To be closed. */
    InputStream open() throws IOException;
}
