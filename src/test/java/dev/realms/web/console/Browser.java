package dev.realms.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * Debian's Chromium with nobody in front of it, in a profile of its own. Everything waits for what it needs, up to {@link #PATIENCE}.
 *
 * <p>Where there is none the tests are skipped, unless the environment variable {@link #REQUIRED} says that there has to be one.
 */
final class Browser implements AutoCloseable {

    static final String REQUIRED = "REALMS_IT_BROWSER";

    static final Duration PATIENCE = Duration.ofSeconds(45);

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path TARGET = Path.of(System.getProperty("realms.it.target"));

    private final ChromeDriver driver;
    private final String base;

    private Browser(ChromeDriver driver, String base) {
        this.driver = driver;
        this.base = base;
    }

    static Browser at(URI server) throws IOException {
        return below("http://127.0.0.1:" + server.getPort());
    }

    /** @param base of the service, perhaps with a path; its certificate may be anybody's */
    static Browser below(String base) throws IOException {
        boolean there = Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
        if (!"required".equals(System.getenv(REQUIRED))) {
            Assumptions.assumeTrue(
                    there,
                    "The console was not tried in a browser: install chromium and chromium-driver, as .ci/run does.");
        }
        assertThat(there).as("%s and %s", CHROMIUM, DRIVER).isTrue();
        ChromeOptions options = new ChromeOptions()
                .setBinary(CHROMIUM.toFile())
                .addArguments(
                        "--headless=new",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--no-first-run",
                        "--lang=en-GB",
                        "--window-size=1440,900",
                        "--user-data-dir="
                                + Files.createTempDirectory(
                                        Files.createDirectories(TARGET.resolve("tmp")), "chromium"));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        if (System.getProperty("user.name").equals("root")) {
            // Its sandbox does not work for root.
            options.addArguments("--no-sandbox");
        }
        // With the driver's place given, Selenium looks for nothing and downloads nothing.
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .withLogFile(TARGET.resolve("chromedriver.log").toFile())
                .build();
        options.setAcceptInsecureCerts(true);
        return new Browser(new ChromeDriver(service, options), base);
    }

    /** As somebody who has signed in before, in this tab; without a token as nobody. */
    void signIn(String token) {
        driver.get(base + "/console/icon.svg");
        run("sessionStorage.clear(); if (arguments[0]) sessionStorage.setItem('realms.token', arguments[0])", token);
        open("");
    }

    /** @param hash such as {@code #/realms} */
    void open(String hash) {
        // From elsewhere: another fragment of the same page would not load it.
        driver.get("about:blank");
        driver.get(base + "/console/" + hash);
        awaitPage();
    }

    /** A page beside the console's own. @param path below it */
    void visit(String path) {
        // As in open.
        driver.get("about:blank");
        driver.get(base + "/console/" + path);
    }

    void reload() {
        driver.navigate().refresh();
        awaitPage();
    }

    void back() {
        driver.navigate().back();
    }

    /** @param route such as {@code #/realms} */
    void go(String route) {
        run("location.hash = arguments[0]", route);
        await("main[data-busy='false'][data-route='%s']".formatted(route.substring(2)));
    }

    /** Until a page has been drawn, and what it shows has been loaded. */
    void awaitPage() {
        until("a page", () -> has("html[data-ready='true'] main[data-busy='false']"));
    }

    String address() {
        return driver.getCurrentUrl();
    }

    String text(String css) {
        return find(css).getText();
    }

    boolean has(String css) {
        return !driver.findElements(By.cssSelector(css)).isEmpty();
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    WebElement find(String css) {
        return until(
                css,
                () -> driver.findElements(By.cssSelector(css)).stream()
                        .filter(WebElement::isDisplayed)
                        .findFirst()
                        .orElse(null));
    }

    void click(String css) {
        until("a click on " + css, () -> {
            WebElement element = find(css);
            if (!element.isEnabled()) {
                return null;
            }
            element.click();
            return element;
        });
    }

    void type(String css, String text) {
        WebElement field = find(css);
        field.clear();
        field.sendKeys(text);
    }

    void press(Keys key) {
        driver.switchTo().activeElement().sendKeys(key);
    }

    void choose(String css, String option) {
        click(css + " option[value='" + option + "']");
    }

    /** Where the pages can be gone to from this one, as fragments. */
    List<String> links() {
        return all("a[href^='#/']").stream()
                .map(link -> link.getDomAttribute("href"))
                .toList();
    }

    /** Everything that went wrong, requests that were answered with an error among it. */
    List<String> faults() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().equals(Level.SEVERE))
                .map(LogEntry::getMessage)
                .toList();
    }

    /** What the page complained of: scripts that failed, and what the content policy kept from it. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .filter(message -> message.contains("Content Security Policy") || message.contains("Uncaught"))
                .toList();
    }

    /** Waits until it is there. */
    void await(String css) {
        until(css, () -> has(css));
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** @param scheme {@code light} or {@code dark}, as the operating system is set to */
    void looks(String scheme, int width) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", scheme),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Chooses a file in a form. */
    void choose(String css, Path file) {
        find(css).sendKeys(file.toAbsolutePath().toString());
    }

    /** Where files go that are saved from here on: a folder with nothing in it. */
    Path saveInto() throws IOException {
        Path folder = Files.createTempDirectory(TARGET.resolve("tmp"), "downloads");
        driver.executeCdpCommand(
                "Browser.setDownloadBehavior",
                Map.of(
                        "behavior",
                        "allow",
                        "downloadPath",
                        folder.toAbsolutePath().toString()));
        return folder;
    }

    /** Without a network nothing is answered. */
    void offline(boolean offline) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    /** What axe-core finds that keeps people out: serious and critical violations of WCAG 2.2 A and AA, as rule and place. */
    List<?> barriers() {
        // Colours that are on their way are nobody's.
        until(
                "rest",
                () -> run("return document.getAnimations().filter(one => one.playState === 'running').length")
                        .equals(0L));
        if (run("return typeof axe") instanceof String type && type.equals("undefined")) {
            run(axe());
        }
        return (List<?>) driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
                  .then(result => done(result.violations
                    .filter(one => one.impact === 'serious' || one.impact === 'critical')
                    .flatMap(one => one.nodes.map(node => one.id + ': ' + node.target.join(' ') + ' ' + node.failureSummary))),
                  fault => done([String(fault)]));
                """);
    }

    /** What stands out to the right of the page, so that it has to be scrolled. */
    List<?> overflowing() {
        return (List<?>) run("""
                const width = document.documentElement.clientWidth;
                if (document.documentElement.scrollWidth <= width) return [];
                return [document.documentElement.scrollWidth + ' of ' + width, ...[...document.querySelectorAll('body *')]
                  .filter(one => one.getBoundingClientRect().right > width + 1)
                  .slice(0, 5)
                  .map(one => one.tagName + '#' + one.id + '.' + one.className)];
                """);
    }

    /** To {@code target}, named after the test. */
    void photograph(String name) {
        try {
            Files.write(TARGET.resolve("console-" + name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException | WebDriverException fault) {
            System.err.println("No screenshot: " + fault.getMessage());
        }
    }

    @Override
    public void close() {
        driver.quit();
    }

    void until(String what, BooleanSupplier condition) {
        until(what, () -> condition.getAsBoolean() ? Boolean.TRUE : null);
    }

    private <T> T until(String what, Supplier<T> look) {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            Optional<T> found = tryTo(look);
            if (found.isPresent()) {
                return found.get();
            }
            assertThat(Instant.now())
                    .as("waiting for %s at %s", what, address())
                    .isBefore(end);
            LockSupport.parkNanos(30_000_000);
        }
    }

    /** What is drawn again while it is looked at is looked at again. */
    private static <T> Optional<T> tryTo(Supplier<T> look) {
        try {
            return Optional.ofNullable(look.get());
        } catch (StaleElementReferenceException | ElementNotInteractableException drawnAgain) {
            return Optional.empty();
        }
    }

    private static String axe() {
        try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
