package dev.realms.realm.isolation;

import dev.realms.testing.InServer;
import jakarta.annotation.Resource;
import jakarta.batch.api.AbstractBatchlet;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.ejb.Asynchronous;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Named;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs work on every kind of thread that the application servers have. One piece of work at a time. */
@InServer
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class Elsewhere {

    public interface Work {
        void run() throws Exception;
    }

    /** A timer and a batchlet can't be handed an object. */
    private static volatile Work work;

    private static volatile CompletableFuture<Void> done;

    @Resource
    private ManagedExecutorService executor;

    @Resource
    private TimerService timers;

    /** To be called through the EJB's own proxy. */
    @Asynchronous
    public void asynchronously() {
        perform();
    }

    public void byTimer() {
        timers.createSingleActionTimer(1, new TimerConfig(null, false));
    }

    @Timeout
    void timeout() {
        perform();
    }

    public void byExecutor() {
        executor.submit(Elsewhere::perform);
    }

    public void byBatch() {
        BatchRuntime.getJobOperator().start("somewhere-else", new Properties());
    }

    public static void next(Work next) {
        done = new CompletableFuture<>();
        work = next;
    }

    /** Fails as the work did. */
    public static void await() throws Exception {
        done.get(1, TimeUnit.MINUTES);
    }

    static void perform() {
        try {
            work.run();
            done.complete(null);
        } catch (Throwable fault) {
            done.completeExceptionally(fault);
        }
    }

    @Named
    @Dependent
    public static class ElsewhereBatchlet extends AbstractBatchlet {

        @Override
        public String process() {
            perform();
            return "done";
        }
    }
}
