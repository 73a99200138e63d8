package studbook.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Headless Chromium of the machine, one for all test classes of a JVM, which run one after the
 * other; the tests are skipped without it. Every page is closed after its test, which fails if a
 * page logged an error.
 */
final class BrowserExtension implements BeforeAllCallback, AfterEachCallback {

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

  /**
   * What some tests are about, and what a page meets whose service ends before it. htmx logs the
   * event of a stream that ends, and a request that was not answered.
   */
  private static final Pattern OF_A_LOST_CONNECTION =
      Pattern.compile(
          "Failed to load resource|net::ERR_|^\\[object Event]$|^htmx:(sendError|afterRequest),");

  private @Nullable Browser browser;
  private final List<BrowserContext> contexts = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();

  /** A browser, until all tests have ended. */
  private static final class SharedBrowser implements AutoCloseable {

    private final Playwright playwright;
    private final Browser browser;

    SharedBrowser() {
      playwright =
          Playwright.create(
              new Playwright.CreateOptions()
                  .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
      browser =
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(CHROMIUM)
                      .setArgs(
                          List.of(
                              "--no-sandbox",
                              "--disable-gpu",
                              "--disable-quic",
                              "--no-first-run",
                              "--disable-background-networking",
                              "--disable-component-update",
                              "--disable-sync")));
    }

    @Override
    public void close() {
      browser.close();
      playwright.close();
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Assumptions.assumeTrue(CHROMIUM.toFile().canExecute(), "there is no " + CHROMIUM);
    browser =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(BrowserExtension.class))
            .computeIfAbsent(SharedBrowser.class, _ -> new SharedBrowser(), SharedBrowser.class)
            .browser;
  }

  /** A page of a new visitor. */
  Page page(Browser.NewContextOptions options) {
    BrowserContext context =
        Objects.requireNonNull(browser)
            .newContext(options.setTimezoneId("Europe/London").setLocale("en-GB"));
    contexts.add(context);
    Page page = context.newPage();
    page.onConsoleMessage(message -> {
      if (message.type().equals("error") && !OF_A_LOST_CONNECTION.matcher(message.text()).find()) {
        complaints.add(message.text());
      }
    });
    page.onPageError(complaints::add);
    return page;
  }

  Page page() {
    return page(new Browser.NewContextOptions());
  }

  /** A page of a user who has logged in before. */
  Page page(DashboardFixture dashboard, String user) {
    return page(dashboard, user, new Browser.NewContextOptions());
  }

  Page page(DashboardFixture dashboard, String user, Browser.NewContextOptions options) {
    Page page = page(options);
    page.context().addCookies(List.of(dashboard.browserCookie(user)));
    return page;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    contexts.forEach(BrowserContext::close);
    contexts.clear();
    List<String> all = List.copyOf(complaints);
    complaints.clear();
    assertThat(all).as("errors in the browser's console").isEmpty();
  }
}
