package studbook.chart.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import studbook.chart.ChartFixture;
import studbook.chart.tree.AncestorTree;

/** SVG, HTML and PDF files. */
class ChartDocumentTest {

  private static Document parsed(String xml) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  private static List<String> texts(Document document, String element) {
    NodeList nodes = document.getElementsByTagName(element);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }

  @Test
  void anSvgIsXmlWhateverTheNamesContain() throws Exception {
    Document svg = parsed(SvgDocument.of(ChartLayout.draw(ChartFixture.hostile())));
    assertThat(texts(svg, "text")).anyMatch(text -> text.contains("<script>alert"));
    assertThat(svg.getElementsByTagName("script").getLength()).isZero();
  }

  @Test
  void aPageRunsNoNameAndLoadsNothing() throws Exception {
    String html = HtmlDocument.of(ChartFixture.hostile());
    Document page = parsed(html.replaceFirst("<!doctype html>", ""));
    assertThat(page.getElementsByTagName("script").getLength()).isZero();
    assertThat(texts(page, "h1"))
        .singleElement()
        .asString()
        .contains("<script>alert(1)</script> & ");
    assertThat(html.replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http", "url(", "@import", "src=", "href=");
  }

  @Test
  void theListOfAPageHasEveryAncestor() throws Exception {
    Document page = parsed(HtmlDocument.of(ChartFixture.complete(5)).replaceFirst("<!.*>", ""));
    assertThat(texts(page, "b")).hasSize(62).contains("Wonderful Meadow 63 (IRE)");
  }

  @Test
  void aPdfIsOnePageOfA4WithItsText() throws Exception {
    AncestorTree tree = ChartFixture.complete(5);
    try (PDDocument pdf = Loader.loadPDF(PdfDocument.of(ChartLayout.draw(tree)))) {
      assertThat(pdf.getNumberOfPages()).isOne();
      assertThat(pdf.getPage(0).getMediaBox().getWidth()).isEqualTo(842);
      assertThat(pdf.getPage(0).getMediaBox().getHeight()).isEqualTo(595);
      assertThat(new PDFTextStripper().getText(pdf))
          .contains("Wonderful Meadow 1 (IRE)", "Wonderful Meadow 63 (IRE)", "ch. 1970");
      assertThat(pdf.getDocumentInformation().getTitle())
          .isEqualTo("Pedigree of Wonderful Meadow 1 (IRE)");
    }
  }

  @Test
  void aPdfHasLettersOfManyAlphabetsAndMarksTheOthers() throws Exception {
    AncestorTree tree =
        ChartFixture.tree("id,sire,dam,name\n1,2,3,Émile Łódź\n2,,,Анилин\n3,,,東 ♞\n", 2);
    try (PDDocument pdf = Loader.loadPDF(PdfDocument.of(ChartLayout.draw(tree)))) {
      assertThat(new PDFTextStripper().getText(pdf)).contains("Émile Łódź", "Анилин", "? ?");
    }
  }
}
