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
 * Lets Arquillian run tests in a {@link Node} of either kind. What {@link Wars#inServer} makes is deployed once, on the server that
 * the suite shares; any other archive gets a server of its own, for its class.
 *
 * <p>The adapters of the application servers start a server for each class, and Payara's misses at times what was deployed.
 */
public final class NodeContainer implements DeployableContainer<NodeContainer.Configuration> {

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
        return new ProtocolDescription("Servlet 5.0");
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) {
        int port;
        if (Wars.isShared(archive)) {
            port = TestServer.startWithTests(() -> Wars.file(archive)).getPort();
        } else {
            TestServer.giveUpDatabase();
            own = Optional.of(Node.start("own", Wars.file(archive), Map.of()).awaitStart());
            port = own.get().base().getPort();
        }
        return new ProtocolMetaData()
                .addContext(new HTTPContext("127.0.0.1", port).add(new Servlet("ArquillianServletRunnerEE9", "/")));
    }

    @Override
    public void undeploy(Archive<?> archive) {
        own.ifPresent(Node::close);
        own = Optional.empty();
    }
}
