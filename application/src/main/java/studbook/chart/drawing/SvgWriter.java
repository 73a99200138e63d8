package studbook.chart.drawing;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import studbook.chart.drawing.DrawingShape.LineSequence;
import studbook.chart.drawing.DrawingShape.RectangleShape;
import studbook.chart.drawing.DrawingShape.TextLine;

/**
 * A drawing as an element of SVG 1.1. Colours are attributes, which every program that reads SVG
 * knows, and classes, with which a page replaces them.
 */
final class SvgWriter {

  static final String FONTS = "Helvetica, Arial, \"Liberation Sans\", \"DejaVu Sans\", sans-serif";

  private static final String NAMESPACE = "http://www.w3.org/2000/svg";

  private final XMLStreamWriter xml;

  SvgWriter(XMLStreamWriter xml) {
    this.xml = xml;
  }

  void write(ChartDrawing drawing) throws XMLStreamException {
    xml.writeStartElement("svg");
    xml.writeDefaultNamespace(NAMESPACE);
    attribute("viewBox", "0 0 %s %s".formatted(number(drawing.width()), number(drawing.height())));
    attribute("width", number(drawing.width()) + "pt");
    attribute("height", number(drawing.height()) + "pt");
    attribute("role", "img");
    attribute("font-family", FONTS);
    element("title", drawing.title());
    element("desc", drawing.description());
    for (DrawingShape shape : drawing.shapes()) {
      write(shape);
    }
    xml.writeEndElement();
  }

  private void element(String name, String text) throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeCharacters(text);
    xml.writeEndElement();
  }

  private void write(DrawingShape shape) throws XMLStreamException {
    switch (shape) {
      case RectangleShape rectangle -> write(rectangle);
      case LineSequence line -> write(line);
      case TextLine text -> write(text);
    }
  }

  private void write(RectangleShape shape) throws XMLStreamException {
    xml.writeEmptyElement("rect");
    attribute("x", shape.x());
    attribute("y", shape.y());
    attribute("width", shape.width());
    attribute("height", shape.height());
    if (shape.radius() > 0) {
      attribute("rx", shape.radius());
    }
    paint(shape.fill(), shape.stroke());
    if (shape.dashed()) {
      attribute("stroke-dasharray", "3 2");
    }
  }

  private void write(LineSequence line) throws XMLStreamException {
    xml.writeEmptyElement("polyline");
    attribute(
        "points",
        line.points().stream()
            .map(point -> number(point.x()) + "," + number(point.y()))
            .collect(Collectors.joining(" ")));
    paint(Optional.empty(), Optional.of(line.colour()));
  }

  private void write(TextLine text) throws XMLStreamException {
    xml.writeStartElement("text");
    attribute("x", text.x());
    attribute("y", text.y());
    attribute("font-size", text.size());
    attribute("textLength", text.width());
    attribute("lengthAdjust", "spacingAndGlyphs");
    if (text.bold()) {
      attribute("font-weight", "bold");
    }
    paint(Optional.of(text.colour()), Optional.empty());
    xml.writeCharacters(text.text());
    xml.writeEndElement();
  }

  private void paint(Optional<DrawingColour> fill, Optional<DrawingColour> stroke)
      throws XMLStreamException {
    attribute(
        "class",
        fill.map(colour -> "fill-" + colour.name()).orElse("fill-none")
            + stroke.map(colour -> " stroke-" + colour.name()).orElse(""));
    attribute("fill", fill.map(colour -> DrawingColour.css(colour.light())).orElse("none"));
    if (stroke.isPresent()) {
      attribute("stroke", DrawingColour.css(stroke.get().light()));
      attribute("stroke-width", "0.6");
    }
  }

  private void attribute(String name, double value) throws XMLStreamException {
    attribute(name, number(value));
  }

  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, value);
  }

  /** To a hundredth of a point. */
  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value).replaceFirst("\\.?0+$", "");
  }
}
