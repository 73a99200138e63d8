package studbook.chart.drawing;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Text of XML; the writer of the JDK escapes it. */
final class XmlText {

  /** Writes a document or a part of one. */
  interface XmlContent {
    void write(XMLStreamWriter xml) throws XMLStreamException;
  }

  private XmlText() {}

  /** What {@code content} writes, with a line break at its end. */
  static String of(XmlContent content) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      content.write(xml);
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a text in memory cannot be written", e);
    }
    return text + "\n";
  }
}
