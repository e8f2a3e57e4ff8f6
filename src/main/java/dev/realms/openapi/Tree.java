package dev.realms.openapi;

import java.util.LinkedHashMap;
import java.util.Map;

/** A JSON object in the making; members keep their order. Values are Map, List, String, Number, Boolean or null. */
final class Tree extends LinkedHashMap<String, Object> {

    static Tree of(String name, Object value) {
        return new Tree().with(name, value);
    }

    /** A reference to a component, such as {@code schemas} and {@code RealmView}. */
    static Tree reference(String kind, String name) {
        return of("$ref", "#/components/" + kind + "/" + name);
    }

    Tree with(String name, Object value) {
        put(name, value);
        return this;
    }

    Tree with(Map<String, ?> members) {
        putAll(members);
        return this;
    }

    /** Nothing for what is null, or an empty text or object. */
    Tree withAny(String name, Object value) {
        boolean none = value == null || value.equals("") || value instanceof Map<?, ?> map && map.isEmpty();
        return none ? this : with(name, value);
    }

    /** The object of this name, made when it is not there yet. */
    Tree child(String name) {
        return (Tree) computeIfAbsent(name, absent -> new Tree());
    }
}
