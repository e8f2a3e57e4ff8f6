package dev.realms.launch;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and its relatives, turned into something the main thread waits for, so that the child and the database end in
 * order and Maven has no say in it.
 *
 * <p>Shutdown hooks would run all at once and let Maven print its failure meanwhile. The signal API of the JDK is reached by
 * reflection because the compiler warns of its name and the build allows no warnings; where it is absent a hook has to do.
 */
final class StopSignal {

    /** The wait was cut short because the operator wants the command to end. */
    static final class Stopped extends RuntimeException {
        private Stopped() {
            super("stopped");
        }
    }

    private final CountDownLatch requested = new CountDownLatch(1);

    /** Listens from now on. */
    static StopSignal install() {
        StopSignal stop = new StopSignal();
        try {
            for (String name : List.of("INT", "TERM", "HUP")) {
                stop.handle(name);
            }
        } catch (ReflectiveOperationException | IllegalArgumentException unavailable) {
            Runtime.getRuntime().addShutdownHook(new Thread(stop.requested::countDown));
        }
        return stop;
    }

    boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Sleeps; a stop ends it early. @throws Stopped when the operator wants the command to end */
    void pause(Duration time) {
        try {
            if (requested.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Stopped();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped();
        }
    }

    private void handle(String name) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        InvocationHandler onSignal = (proxy, method, arguments) -> switch (method.getName()) {
            case "handle" -> {
                requested.countDown();
                yield null;
            }
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "stop on " + name;
        };
        Object ours = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, onSignal);
        Object instance = signal.getConstructor(String.class).newInstance(name);
        Object before = signal.getMethod("handle", signal, handler).invoke(null, instance, ours);
        if (before == handler.getField("SIG_IGN").get(null)) {
            // Started with nohup or in the background of a script: the signal is meant for others.
            signal.getMethod("handle", signal, handler).invoke(null, instance, before);
        }
    }
}
