package studbook.chart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import studbook.chart.drawing.ChartLayout;
import studbook.chart.drawing.HtmlDocument;
import studbook.chart.drawing.PdfDocument;
import studbook.chart.drawing.SvgDocument;
import studbook.chart.tree.AncestorTree;
import studbook.text.AnsiStyle;
import studbook.text.JsonFormat;

/** The formats of a pedigree chart. */
public enum ChartFormat {
  TEXT(AncestorTree.MOST_GENERATIONS),
  SVG(ChartLayout.MOST_GENERATIONS),
  HTML(ChartLayout.MOST_GENERATIONS),
  PDF(ChartLayout.MOST_GENERATIONS),
  JSON(AncestorTree.MOST_GENERATIONS),
  GEDCOM(AncestorTree.MOST_GENERATIONS);

  private final int mostGenerations;

  ChartFormat(int mostGenerations) {
    this.mostGenerations = mostGenerations;
  }

  /** The format of a file name's extension. */
  public static Optional<ChartFormat> of(Path file) {
    String name = file.toString();
    return switch (name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
      case "txt" -> Optional.of(TEXT);
      case "svg" -> Optional.of(SVG);
      case "html", "htm" -> Optional.of(HTML);
      case "pdf" -> Optional.of(PDF);
      case "json" -> Optional.of(JSON);
      case "ged" -> Optional.of(GEDCOM);
      default -> Optional.empty();
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  public int mostGenerations() {
    return mostGenerations;
  }

  /**
   * The whole document, as UTF-8 except for a PDF.
   *
   * @param width of text in columns
   * @param style of text
   */
  public byte[] write(AncestorTree tree, int width, AnsiStyle style) throws IOException {
    return switch (this) {
      case TEXT -> bytes(String.join("\n", ChartText.lines(tree, width, style)) + "\n");
      case SVG -> bytes(SvgDocument.of(ChartLayout.draw(tree)));
      case HTML -> bytes(HtmlDocument.of(tree));
      case PDF -> PdfDocument.of(ChartLayout.draw(tree));
      case JSON -> bytes(JsonFormat.pretty(ChartJson.of(tree), ZoneOffset.UTC) + "\n");
      case GEDCOM -> bytes(GedcomDocument.of(tree));
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
