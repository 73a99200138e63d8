package studbook.chart.drawing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import studbook.chart.drawing.DrawingShape.LineSequence;
import studbook.chart.drawing.DrawingShape.RectangleShape;
import studbook.chart.drawing.DrawingShape.TextLine;
import studbook.chart.tree.AncestorTree;
import studbook.chart.tree.ChartHorse;
import studbook.chart.tree.ChartNotes;
import studbook.chart.tree.ChartPlace.CyclePlace;
import studbook.chart.tree.ChartPlace.HorsePlace;
import studbook.chart.tree.ChartPlace.VacantPlace;
import studbook.chart.tree.RepeatedAncestor;

/**
 * A chart as one page of HTML without anything from elsewhere: the drawing, which prints on one A4
 * page, and for narrow screens a list. Both follow the reader's light or dark colours.
 */
public final class HtmlDocument {

  private final AncestorTree asked;
  private final AncestorTree tree;
  private final ChartDrawing drawing;
  private final List<RepeatedAncestor> repeated;
  private final Map<Integer, RepeatedAncestor> marks;
  private final XMLStreamWriter xml;

  private HtmlDocument(AncestorTree asked, XMLStreamWriter xml) {
    this.asked = asked;
    this.tree = asked.trimmed();
    this.drawing = ChartLayout.draw(asked);
    this.repeated = RepeatedAncestor.in(tree);
    this.marks = RepeatedAncestor.byPlace(repeated);
    this.xml = xml;
  }

  public static String of(AncestorTree tree) {
    return "<!doctype html>\n" + XmlText.of(xml -> new HtmlDocument(tree, xml).write());
  }

  private void write() throws XMLStreamException {
    open("html", "lang", "en");
    writeHead();
    open("body");
    open("main");
    new SvgWriter(xml).write(drawing);
    writeList();
    close();
    close();
    close();
  }

  private void writeHead() throws XMLStreamException {
    open("head");
    empty("meta", "charset", "utf-8");
    empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    empty("meta", "name", "color-scheme", "content", "light dark");
    element("title", drawing.title());
    element("style", "\n" + ChartStyle.sheet(colours()));
    close();
  }

  private List<DrawingColour> colours() {
    return drawing.shapes().stream()
        .flatMap(shape ->
            switch (shape) {
              case RectangleShape box -> Stream.concat(box.fill().stream(), box.stroke().stream());
              case LineSequence line -> Stream.of(line.colour());
              case TextLine text -> Stream.of(text.colour());
            })
        .distinct()
        .toList();
  }

  private void writeList() throws XMLStreamException {
    open("section", "class", "list");
    element("h1", tree.subject().label());
    element("p", tree.subject().detailsWithDay());
    writeParents(1);
    if (!repeated.isEmpty()) {
      element("h2", "Repeated ancestors");
      open("ul", "class", "legend");
      for (RepeatedAncestor ancestor : repeated) {
        open("li");
        writeMark(ancestor);
        element("b", ancestor.horse().label());
        xml.writeCharacters(" " + ChartNotes.figures(ancestor));
        close();
      }
      close();
    }
    for (String note : ChartNotes.of(asked)) {
      element("p", note);
    }
    close();
  }

  /** The parents of a place, with theirs: at most as deep as a tree has generations. */
  private void writeParents(int number) throws XMLStreamException {
    boolean shown =
        AncestorTree.generation(number) < tree.generations()
            && tree.place(2 * number) != VacantPlace.BEYOND;
    if (shown) {
      open("ul");
      writeParent(2 * number);
      writeParent(2 * number + 1);
      close();
    }
  }

  private void writeParent(int number) throws XMLStreamException {
    String role = AncestorTree.isSire(number) ? "sire" : "dam";
    open("li", "class", role);
    switch (tree.place(number)) {
      case HorsePlace(ChartHorse horse) -> {
        Optional<RepeatedAncestor> ancestor = Optional.ofNullable(marks.get(number));
        if (ancestor.isPresent()) {
          writeMark(ancestor.get());
        }
        element("b", horse.label());
        xml.writeCharacters(" ");
        element("small", horse.details());
      }
      case CyclePlace(ChartHorse horse) -> element("em", horse.label() + ": its own ancestor");
      case VacantPlace _ -> element("em", role + " not recorded");
    }
    writeParents(number);
    close();
  }

  private void writeMark(RepeatedAncestor ancestor) throws XMLStreamException {
    open("span", "class", "mark fill-" + DrawingColour.ofMark(ancestor.index()).name());
    xml.writeCharacters(ancestor.mark());
    close();
    xml.writeCharacters(" ");
  }

  private void element(String name, String text) throws XMLStreamException {
    open(name);
    xml.writeCharacters(text);
    close();
  }

  /** {@code attributes} are names, each followed by its value. */
  private void open(String name, String... attributes) throws XMLStreamException {
    xml.writeStartElement(name);
    write(attributes);
  }

  private void empty(String name, String... attributes) throws XMLStreamException {
    xml.writeEmptyElement(name);
    write(attributes);
  }

  private void write(String... attributes) throws XMLStreamException {
    for (int i = 0; i < attributes.length; i += 2) {
      xml.writeAttribute(attributes[i], attributes[i + 1]);
    }
  }

  private void close() throws XMLStreamException {
    xml.writeEndElement();
  }
}
