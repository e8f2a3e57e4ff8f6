package dev.realms.launch;

import dev.realms.launch.MigrationProgress.Position;
import dev.realms.settings.LocalIssuerKey;
import dev.realms.settings.SignInCode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/** What the operator reads once the service is up. */
final class ReadyMessage {

    private final Terminal terminal;
    private final DataDirectory data;
    private final String address;

    ReadyMessage(Terminal terminal, DataDirectory data, int port) {
        this.terminal = terminal;
        this.data = data;
        this.address = "http://localhost:" + port;
    }

    /** How the migration stands. */
    void state(Optional<MigrationProgress> progress) {
        progress.ifPresent(seen -> {
            String why = seen.reason().map(reason -> ": " + reason).orElse(".");
            if (seen.is(Position.REACHED)) {
                terminal.say("The database is " + seen.state() + ".");
            } else if (seen.is(Position.BEFORE)) {
                terminal.say(
                        "The migration has not begun; start it with POST " + address + "/api/admin/migration/start.");
            } else {
                terminal.say("The migration is " + seen.state() + why);
                if (seen.is(Position.NO_WAY)) {
                    terminal.say("An operator leads on from there, through " + address + "/api/admin/migration.");
                }
            }
        });
    }

    /**
     * Where to go and what with. The code stands behind the #, which no browser sends to a server.
     *
     * @param local whether there is a local issuer
     */
    void address(boolean local) throws IOException {
        terminal.say("");
        terminal.say("Realms is ready. Ctrl-C stops it; what it holds stays in " + data.shown("") + ".");
        terminal.say("");
        if (!local) {
            terminal.say("  console      " + address + "/console/");
            return;
        }
        terminal.say("  console      " + address + "/console/#code=" + SignInCode.read(data.path()));
        terminal.say("               (the code signs in once; after that, the token does)");
        terminal.say("  admin token  " + data.shown(LocalIssuerKey.ADMIN_TOKEN_FILE) + ", valid for "
                + LocalIssuerKey.ADMIN_TOKEN_LIFE.toDays() + " days:");
        terminal.say("               "
                + Files.readString(data.resolve(LocalIssuerKey.ADMIN_TOKEN_FILE))
                        .strip());
        terminal.say("  try          curl -H \"Authorization: Bearer $(cat "
                + data.shown(LocalIssuerKey.ADMIN_TOKEN_FILE) + ")\" " + address + "/api/realms");
        terminal.say("");
    }
}
