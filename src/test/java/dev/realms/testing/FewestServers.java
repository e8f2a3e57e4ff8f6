package dev.realms.testing;

import java.util.Comparator;
import java.util.Optional;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/**
 * Classes that can share a server and a database come one after the other. Nothing rests on it but time: in any other order a server
 * is started, or a database replaced, more often.
 */
public final class FewestServers implements ClassOrderer {

    @Override
    public void orderClasses(ClassOrdererContext context) {
        context.getClassDescriptors()
                .sort(Comparator.comparingInt(FewestServers::place)
                        .thenComparing(test -> test.getTestClass().getName()));
    }

    /** The server of the first classes is one in which tests can run. */
    private static int place(ClassDescriptor test) {
        Optional<OnDatabase> database = test.findAnnotation(OnDatabase.class);
        if (database.isEmpty()) {
            return 4;
        }
        boolean shared = database.get().value() == DatabaseState.FINALIZED
                && !database.get().own();
        return (shared ? 0 : 2) + (test.isAnnotated(InServer.class) ? 0 : 1);
    }
}
