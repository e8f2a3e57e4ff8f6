package dev.realms.migration;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ExecutorService;

/** The application server's threads, for what is done beside the batch job's own. */
@ApplicationScoped
class WorkerThreads {

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    private ManagedExecutorService pool;

    ExecutorService pool() {
        return pool;
    }
}
