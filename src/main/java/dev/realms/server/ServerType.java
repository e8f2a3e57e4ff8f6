package dev.realms.server;

/** Which kind of vector or graph database answers there. */
public enum ServerType {
    QDRANT,
    NEO4J,
    PINECONE,
    WEAVIATE,
    CHROMA
}
