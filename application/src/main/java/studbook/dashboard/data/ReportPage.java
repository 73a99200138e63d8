package studbook.dashboard.data;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jdbi.v3.core.Jdbi;
import studbook.dashboard.access.RouteAccess;
import studbook.dashboard.page.NoSuchPage;
import studbook.dashboard.page.PageParameters;
import studbook.dashboard.page.PageRenderer;
import studbook.quality.Thresholds;
import studbook.report.ReportFormat;
import studbook.report.figures.ExecutionReport;
import studbook.store.run.RunRepository;
import studbook.store.run.RunRepository.RunRow;

/** The report of a run, as {@code studbook report} writes it. */
public final class ReportPage {

  private static final String STYLE_BEGIN = "<style>";
  private static final String STYLE_END = "</style>";

  private final PageRenderer renderer;
  private final RunRepository runs;
  private final Jdbi computing;
  private final Thresholds thresholds;

  /**
   * @param computing for the report, which reads every row
   */
  public ReportPage(PageRenderer renderer, Jdbi jdbi, Jdbi computing, Thresholds thresholds) {
    this.renderer = renderer;
    this.runs = new RunRepository(jdbi);
    this.computing = computing;
    this.thresholds = thresholds;
  }

  public void register(RoutesConfig routes) {
    routes.get("/runs/{id}/report", this::show, RouteAccess.VIEWER);
  }

  private void show(Context request) {
    long id = PageParameters.number(request, "id");
    RunRow run =
        runs.find(id).orElseThrow(() -> new NoSuchPage("There is no run %d.".formatted(id)));
    String document =
        ReportFormat.HTML.write(
            ExecutionReport.load(computing, run, thresholds, renderer.format().clock()),
            renderer.format().clock());
    request.header("Content-Security-Policy", policy(document));
    request.contentType("text/html; charset=utf-8").result(document);
  }

  /** Allows the one style sheet that the report contains, and nothing else. */
  private static String policy(String document) {
    int begin = document.indexOf(STYLE_BEGIN) + STYLE_BEGIN.length();
    String style = document.substring(begin, document.indexOf(STYLE_END, begin));
    return "default-src 'none'; style-src 'sha256-%s'; img-src data:; form-action 'none';"
            .formatted(hash(style))
        + " frame-ancestors 'none'; base-uri 'none'";
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
