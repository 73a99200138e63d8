package studbook.chart.drawing;

/** A drawing as a file of SVG 1.1, for white paper. */
public final class SvgDocument {

  private SvgDocument() {}

  public static String of(ChartDrawing drawing) {
    return XmlText.of(xml -> {
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      new SvgWriter(xml).write(drawing);
      xml.writeEndDocument();
    });
  }
}
