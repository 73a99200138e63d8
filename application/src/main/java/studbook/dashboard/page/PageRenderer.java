package studbook.dashboard.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import studbook.dashboard.access.AccessGuard;
import studbook.store.access.OperatorActionRepository;
import studbook.store.access.OperatorActionRepository.OperatorAction;

/** Renders templates to complete pages, or to a part of one. Safe for many threads. */
public final class PageRenderer {

  private static final String FOLDER = "dashboard/";

  private final TemplateEngine engine =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, PageRenderer.class.getClassLoader(), "studbook");
  private final OperatorActionRepository actions;
  private final String assets;
  private final HtmlFormat format;

  /**
   * @param assets folder of the stylesheets and scripts
   * @param clock whose zone times are shown in
   */
  public PageRenderer(Jdbi jdbi, String assets, Clock clock) {
    this.actions = new OperatorActionRepository(jdbi);
    this.assets = assets;
    this.format = new HtmlFormat(clock);
  }

  public HtmlFormat format() {
    return format;
  }

  /** Sends a page. */
  public void page(
      Context request,
      String template,
      String title,
      @Nullable PageSection section,
      Map<String, ?> values) {
    PageFrame frame =
        new PageFrame(title, section, AccessGuard.visitor(request), assets, format, done(request));
    Map<String, Object> all = new HashMap<>(values);
    all.put("frame", frame);
    request.contentType("text/html; charset=utf-8").result(render(template, all));
  }

  /** Sends a part of a page. */
  public void part(Context request, String template, Map<String, ?> values) {
    request.contentType("text/html; charset=utf-8").result(render(template, new HashMap<>(values)));
  }

  /** A template with its values. */
  public String render(String template, Map<String, Object> values) {
    StringOutput output = new StringOutput();
    engine.render(FOLDER + template + ".jte", values, output);
    return output.toString();
  }

  /** The action whose number the address has: a message in the address could be anybody's. */
  private Optional<OperatorAction> done(Context request) {
    @Nullable String number = request.queryParam("done");
    if (number == null || !number.matches("\\d{1,18}")) {
      return Optional.empty();
    }
    return actions.find(Long.parseLong(number));
  }
}
