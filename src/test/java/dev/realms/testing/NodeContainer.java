package dev.realms.testing;

import java.util.Map;
import java.util.Optional;
import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.shrinkwrap.api.Archive;

/**
 * Lets Arquillian run tests in a {@link Node} of either kind: in the one that all share, in which {@link Wars#shared} is already, or
 * in one that is started for the class and its archive.
 *
 * <p>The adapters of the application servers start a server for each class, and Payara's misses at times what was deployed.
 */
public final class NodeContainer implements DeployableContainer<NodeContainer.Configuration> {

    static final ProtocolDescription PROTOCOL = new ProtocolDescription("Servlet 5.0");

    private Optional<Node> own = Optional.empty();

    /** There is nothing to configure. */
    public static final class Configuration implements ContainerConfiguration {

        @Override
        public void validate() {
            // Nothing can be wrong.
        }
    }

    /** Registers the container. */
    public static final class Extension implements LoadableExtension {

        @Override
        public void register(ExtensionBuilder builder) {
            builder.service(DeployableContainer.class, NodeContainer.class);
        }
    }

    @Override
    public Class<Configuration> getConfigurationClass() {
        return Configuration.class;
    }

    @Override
    public ProtocolDescription getDefaultProtocol() {
        return PROTOCOL;
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) {
        if (!Wars.isShared(archive)) {
            own = Optional.of(Node.start("own", Wars.file(archive), Map.of()).awaitStart());
        }
        int port = own.map(Node::base).orElseGet(TestServer::base).getPort();
        return new ProtocolMetaData()
                .addContext(new HTTPContext("127.0.0.1", port).add(new Servlet("ArquillianServletRunnerEE9", "/")));
    }

    @Override
    public void undeploy(Archive<?> archive) {
        own.ifPresent(Node::close);
        own = Optional.empty();
    }
}
