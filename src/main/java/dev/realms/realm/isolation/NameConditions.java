package dev.realms.realm.isolation;

import dev.realms.web.Names;
import jakarta.persistence.Query;
import java.util.ArrayList;
import java.util.List;

/**
 * The conditions in JPQL on {@code r.nameKey}, which the database makes of a row's name by its function {@code name_key}. What is
 * searched for goes through the same function, once in a statement, as it stands in a subquery; so no character has a meaning of its own.
 */
public final class NameConditions {

    private static final String PART = "SQL('strpos(?, (SELECT realms.name_key(?))) > 0', r.nameKey, :part)";

    /** Up to the last character that there is, and not beyond what begins with the prefix. */
    private static final String PREFIX =
            "SQL('? >= (SELECT realms.name_key(?)) AND ? <= (SELECT realms.name_key(?) || chr(1114111))',"
                    + " r.nameKey, :prefix, r.nameKey, :prefix)";

    private NameConditions() {}

    public static List<String> of(Names names) {
        List<String> conditions = new ArrayList<>();
        if (names.part() != null) {
            conditions.add(PART);
        }
        if (names.prefix() != null) {
            conditions.add(PREFIX);
        }
        return conditions;
    }

    public static void bind(Names names, Query query) {
        if (names.part() != null) {
            query.setParameter("part", names.part());
        }
        if (names.prefix() != null) {
            query.setParameter("prefix", names.prefix());
        }
    }
}
