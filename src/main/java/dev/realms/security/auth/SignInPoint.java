package dev.realms.security.auth;

import dev.realms.apikey.ApiKeyFormat;
import dev.realms.settings.LocalIssuerKey;
import dev.realms.settings.OidcSettings;
import dev.realms.settings.Secret;
import dev.realms.settings.SettingException;
import dev.realms.settings.Settings;
import dev.realms.settings.SignInCode;
import dev.realms.user.SignIn.TokenSubject;
import jakarta.annotation.Nullable;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Knows the issuers from the start on: a wrong setting must not wait for the first sign-in. */
@Startup
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SignInPoint {

    /**
     * How people can sign in.
     *
     * @param localIssuer whether tokens of the local issuer are taken
     * @param oidc the provider to be sent to, or null
     */
    public record SignInView(boolean localIssuer, @Nullable OidcClientView oidc) {}

    /** A public client of the provider. */
    public record OidcClientView(
            String issuer, String clientId, String authorizationEndpoint, String tokenEndpoint, String scope) {

        static OidcClientView of(OidcSettings client, String issuer) {
            return new OidcClientView(
                    issuer,
                    client.clientId(),
                    client.authorizationEndpoint().toString(),
                    client.tokenEndpoint().toString(),
                    client.scope());
        }
    }

    private static final Logger LOG = Logger.getLogger(SignInPoint.class.getName());
    private static final Logger AUDIT = Logger.getLogger("dev.realms.audit");

    /** To verify a signature takes longer than all the rest of signing in. What its user may do is not remembered. */
    private final ExpiringCache<TokenSubject> proved = new ExpiringCache<>();

    @Inject
    private Settings settings;

    private Issuers issuers;
    private Optional<LocalIssuerKey> localKey;

    @PostConstruct
    void start() {
        try {
            open(settings);
        } catch (SettingException e) {
            LOG.log(Level.SEVERE, "REALMS CANNOT START: {0}", e.getMessage());
            throw e;
        }
    }

    void open(Settings read) {
        settings = read;
        localKey = settings.localIssuer() ? Optional.of(localKey(settings.dataDirectory())) : Optional.empty();
        issuers = Issuers.of(settings, localKey);
        if (settings.tokenVerification().isEmpty() && localKey.isEmpty()) {
            LOG.warning("Neither mp.jwt.verify.* nor realms.auth.local-issuer is set: only API keys can sign in");
        }
    }

    /**
     * Whom a token speaks of. It may be taken for less than a second after it has expired, or its issuer's key has gone.
     *
     * @param token a secret, because servers can be told to log what beans are called with
     *
     * @see Issuers#identify
     */
    public Optional<TokenSubject> identify(Secret token) throws InvalidToken {
        String text = token.reveal();
        return proved.find(ApiKeyFormat.hash(text), () -> issuers.identify(text));
    }

    /** What signs local tokens; empty while the local issuer is off. */
    public Optional<LocalIssuerKey> localKey() {
        return localKey;
    }

    /**
     * A token of the local issuer's administrator in exchange for {@link SignInCode}; empty when it is not the code, which is good once, or the
     * local issuer is off.
     */
    public Optional<TokenView> exchange(Secret code) throws IOException {
        if (localKey.isEmpty() || !SignInCode.use(settings.dataDirectory().toAbsolutePath(), code.reveal())) {
            return Optional.empty();
        }
        AUDIT.info("The code of the printed address was used to sign in");
        return Optional.of(
                new TokenView(localKey.get().mint(LocalIssuerKey.ADMINISTRATOR, LocalIssuerKey.ADMIN_TOKEN_LIFE)));
    }

    /** How people can sign in. */
    public SignInView view() {
        String issuer = settings.tokenVerification().get(Issuers.ISSUER);
        return new SignInView(
                localKey.isPresent(),
                oidc().map(client -> OidcClientView.of(client, issuer)).orElse(null));
    }

    /** The client that the console is at the provider; empty where there is none. */
    public Optional<OidcSettings> oidc() {
        return settings.oidc();
    }

    private static LocalIssuerKey localKey(Path dataDirectory) {
        try {
            Path directory = Files.createDirectories(dataDirectory.toAbsolutePath());
            LocalIssuerKey key = LocalIssuerKey.readOrCreate(directory);
            key.writeAdminToken(directory);
            SignInCode.write(directory);
            return key;
        } catch (IOException e) {
            throw new SettingException("%s must be a directory that can be written to, but: %s"
                    .formatted(Settings.DATA_DIRECTORY, e.getMessage()));
        }
    }
}
