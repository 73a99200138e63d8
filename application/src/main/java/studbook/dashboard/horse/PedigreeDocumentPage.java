package studbook.dashboard.horse;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import studbook.chart.ChartFormat;
import studbook.chart.tree.AncestorTree;
import studbook.dashboard.access.RouteAccess;
import studbook.dashboard.page.HtmlFormat;
import studbook.dashboard.page.NoSuchPage;
import studbook.text.AnsiStyle;

/** The pedigree of a horse as a file, as {@code studbook pedigree show} writes it. */
public final class PedigreeDocumentPage {

  /** A file of SVG that is opened by itself could run scripts; it has none, and may have none. */
  private static final String SANDBOX =
      "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

  private final HorseLoader horses;

  public PedigreeDocumentPage(HorseLoader horses) {
    this.horses = horses;
  }

  public void register(RoutesConfig routes) {
    routes.get(
        "/horses/{id}/pedigree.svg",
        request -> send(request, ChartFormat.SVG, "image/svg+xml"),
        RouteAccess.VIEWER);
    routes.get(
        "/horses/{id}/pedigree.pdf",
        request -> send(request, ChartFormat.PDF, "application/pdf"),
        RouteAccess.VIEWER);
  }

  private void send(Context request, ChartFormat format, String type) {
    String id = request.pathParam(HorsePage.ID);
    byte[] document = document(tree(id, HorsePage.generations(request)), format);
    request
        .header("Content-Security-Policy", SANDBOX)
        .header(
            "Content-Disposition", "attachment; filename=\"%s.%s\"".formatted(fileName(id), format))
        .contentType(type)
        .result(document);
  }

  private AncestorTree tree(String id, int generations) {
    if (!HorseLoader.isPossible(id)) {
      throw new NoSuchPage("There is no such horse.");
    }
    return horses
        .ancestors(id, generations)
        .orElseThrow(() -> new NoSuchPage("There is no horse %s.".formatted(HtmlFormat.text(id))));
  }

  private static byte[] document(AncestorTree tree, ChartFormat format) {
    try {
      return format.write(tree, Integer.MAX_VALUE, AnsiStyle.PLAIN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of letters that need no quoting. */
  private static String fileName(String id) {
    return "pedigree-" + id.replaceAll("[^A-Za-z0-9_-]", "_");
  }
}
