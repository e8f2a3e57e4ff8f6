package dev.realms.testing;

import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.arquillian.container.spi.event.container.AfterDeploy;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.LoadableExtension;

/**
 * Tells Arquillian where the servlet is that runs tests in the server. Payara Micro's adapter reads that from the server's output five
 * times a second and takes what is there once the ports are, which at times is all but the applications.
 */
public final class PayaraDeployments implements LoadableExtension {

    @Override
    public void register(ExtensionBuilder builder) {
        builder.observer(Completion.class);
    }

    /** Public, as Arquillian wants its observers. */
    public static final class Completion {

        public void complete(@Observes AfterDeploy deployed, ProtocolMetaData found) {
            found.getContexts(HTTPContext.class).stream()
                    .filter(context -> context.getServlets().isEmpty())
                    .forEach(context -> context.add(new Servlet("ArquillianServletRunnerEE9", "/")));
        }
    }
}
