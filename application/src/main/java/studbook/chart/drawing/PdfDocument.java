package studbook.chart.drawing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.Objects;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.color.PDColor;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceRGB;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;
import studbook.chart.drawing.DrawingShape.LinePoint;
import studbook.chart.drawing.DrawingShape.LineSequence;
import studbook.chart.drawing.DrawingShape.RectangleShape;
import studbook.chart.drawing.DrawingShape.TextLine;

/**
 * A drawing as a PDF of one page. Its font is Liberation Sans, of which PDFBox has a copy and the
 * file the characters that it uses: Latin, Greek, Cyrillic and Hebrew letters. Characters that the
 * font lacks are question marks, and a line at the lower edge says so.
 */
public final class PdfDocument implements AutoCloseable {

  private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

  /** The distance of a curve's control points that makes it a quarter of a circle. */
  private static final double QUARTER = 0.5523;

  private static final float LINE = 0.6f;

  /** Bold letters are outlined by this share of their size. */
  private static final double BOLD_LINE = 0.035;

  private static final String LACKING =
      "? stands for a character that the font of this file lacks; a chart in the format svg or html has it.";

  private static final double LACKING_SIZE = 6;
  private static final double LEFT = 28;

  private final ChartDrawing drawing;
  private final PDDocument document = new PDDocument();
  private final CmapLookup characters;
  private final PDFont font;
  private final PDPageContentStream page;
  private boolean isLacking;

  private PdfDocument(ChartDrawing drawing) throws IOException {
    this.drawing = drawing;
    TrueTypeFont file = fontFile();
    characters = file.getUnicodeCmapLookup();
    font = PDType0Font.load(document, file, true);
    PDPage paper = new PDPage(new PDRectangle((float) drawing.width(), (float) drawing.height()));
    document.addPage(paper);
    page = new PDPageContentStream(document, paper);
  }

  /** The bytes of the file. */
  public static byte[] of(ChartDrawing drawing) throws IOException {
    try (PdfDocument pdf = new PdfDocument(drawing)) {
      return pdf.bytes();
    }
  }

  private static TrueTypeFont fontFile() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(PDDocument.class.getResourceAsStream(FONT), FONT)) {
      return new TTFParser().parse(new RandomAccessReadBuffer(in));
    }
  }

  private byte[] bytes() throws IOException {
    PDDocumentInformation information = document.getDocumentInformation();
    information.setTitle(drawing.title());
    information.setSubject(drawing.description());
    information.setCreator("Studbook");
    document.getDocumentCatalog().setLanguage("en");
    for (DrawingShape shape : drawing.shapes()) {
      draw(shape);
    }
    if (isLacking) {
      draw(
          TextLine.at(
              LEFT,
              drawing.height() - LACKING_SIZE * 2,
              drawing.width() - 2 * LEFT,
              LACKING,
              LACKING_SIZE,
              false,
              DrawingColour.FAINT));
    }
    page.close();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    document.save(bytes);
    return bytes.toByteArray();
  }

  @Override
  public void close() throws IOException {
    document.close();
  }

  private void draw(DrawingShape shape) throws IOException {
    switch (shape) {
      case RectangleShape rectangle -> draw(rectangle);
      case LineSequence line -> draw(line);
      case TextLine text -> draw(text);
    }
  }

  private void draw(RectangleShape box) throws IOException {
    page.setLineDashPattern(box.dashed() ? new float[] {3, 2} : new float[0], 0);
    if (box.fill().isPresent()) {
      page.setNonStrokingColor(colour(box.fill().get()));
    }
    if (box.stroke().isPresent()) {
      page.setStrokingColor(colour(box.stroke().get()));
    }
    page.setLineWidth(LINE);
    outline(box);
    if (box.stroke().isEmpty()) {
      page.fill();
    } else if (box.fill().isEmpty()) {
      page.stroke();
    } else {
      page.fillAndStroke();
    }
  }

  /** Clockwise from the upper left corner's lower end. */
  private void outline(RectangleShape box) throws IOException {
    double left = box.x();
    double right = left + box.width();
    double top = box.y();
    double bottom = top + box.height();
    double r = box.radius();
    double c = r * (1 - QUARTER);
    moveTo(left, top + r);
    curveTo(left, top + c, left + c, top, left + r, top);
    lineTo(right - r, top);
    curveTo(right - c, top, right, top + c, right, top + r);
    lineTo(right, bottom - r);
    curveTo(right, bottom - c, right - c, bottom, right - r, bottom);
    lineTo(left + r, bottom);
    curveTo(left + c, bottom, left, bottom - c, left, bottom - r);
    page.closePath();
  }

  private void draw(LineSequence line) throws IOException {
    page.setLineDashPattern(new float[0], 0);
    page.setStrokingColor(colour(line.colour()));
    page.setLineWidth(LINE);
    LinePoint first = line.points().getFirst();
    moveTo(first.x(), first.y());
    for (LinePoint point : line.points().subList(1, line.points().size())) {
      lineTo(point.x(), point.y());
    }
    page.stroke();
  }

  private void draw(TextLine line) throws IOException {
    String text = printed(line.text());
    double natural = font.getStringWidth(text) / 1000 * line.size();
    page.setNonStrokingColor(colour(line.colour()));
    page.setStrokingColor(colour(line.colour()));
    page.setLineDashPattern(new float[0], 0);
    page.setLineWidth((float) (line.size() * BOLD_LINE));
    page.beginText();
    page.setRenderingMode(line.bold() ? RenderingMode.FILL_STROKE : RenderingMode.FILL);
    page.setFont(font, (float) line.size());
    if (natural > 0) {
      page.setHorizontalScaling((float) (100 * line.width() / natural));
    }
    page.newLineAtOffset((float) line.x(), flipped(line.y()));
    page.showText(text);
    page.endText();
  }

  /** The characters as they stand on paper; a letter and its accent are one where there is one. */
  private String printed(String text) {
    StringBuilder printed = new StringBuilder();
    for (int character : PrintedOrder.of(Normalizer.normalize(text, Normalizer.Form.NFC))) {
      isLacking |= isUnknown(character);
      printed.appendCodePoint(isUnknown(character) ? '?' : character);
    }
    return printed.toString();
  }

  private boolean isUnknown(int character) {
    return characters.getGlyphId(character) == 0;
  }

  private void moveTo(double x, double y) throws IOException {
    page.moveTo((float) x, flipped(y));
  }

  private void lineTo(double x, double y) throws IOException {
    page.lineTo((float) x, flipped(y));
  }

  private void curveTo(double x1, double y1, double x2, double y2, double x3, double y3)
      throws IOException {
    page.curveTo((float) x1, flipped(y1), (float) x2, flipped(y2), (float) x3, flipped(y3));
  }

  /** A PDF counts from the lower edge. */
  private float flipped(double y) {
    return (float) (drawing.height() - y);
  }

  private static PDColor colour(DrawingColour colour) {
    int rgb = colour.light();
    float[] channels = {(rgb >> 16) / 255f, (rgb >> 8 & 0xFF) / 255f, (rgb & 0xFF) / 255f};
    return new PDColor(channels, PDDeviceRGB.INSTANCE);
  }
}
