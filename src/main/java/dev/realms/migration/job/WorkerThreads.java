package dev.realms.migration.job;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ExecutorService;

/** The application server's threads, for what is done beside the batch job's own. */
@ApplicationScoped
public class WorkerThreads {

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    private ManagedExecutorService pool;

    public ExecutorService pool() {
        return pool;
    }
}
