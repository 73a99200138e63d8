package studbook.chart.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
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

  private static PDDocument pdf(String... names) throws Exception {
    StringBuilder csv = new StringBuilder("id,sire,dam,name\n");
    for (int i = 0; i < names.length; i++) {
      csv.append(i + 1).append(i == 0 ? ",2,3," : ",,,").append(names[i]).append('\n');
    }
    return Loader.loadPDF(PdfDocument.of(ChartLayout.draw(ChartFixture.tree(csv.toString(), 2))));
  }

  @Test
  void aPdfHasLatinGreekAndCyrillicLetters() throws Exception {
    String[] names = {"Émile Łódź Šárka", "Ødegård Þór Ğüneş", "Анилин Ђорђе Αστέρι"};
    try (PDDocument pdf = pdf(names)) {
      assertThat(new PDFTextStripper().getText(pdf)).contains(names).doesNotContain("?");
      assertThat(pdf.getDocumentInformation().getTitle()).isEqualTo("Pedigree of " + names[0]);
    }
  }

  @Test
  void aPdfComposesALetterAndItsAccent() throws Exception {
    try (PDDocument pdf = pdf("Se\u0301same", "C\u030Cajka", "A\u030Angstrom")) {
      assertThat(new PDFTextStripper().getText(pdf)).contains("Sésame", "Čajka", "Ångstrom");
    }
  }

  @Test
  void aPdfSaysWhatItsFontLacks() throws Exception {
    try (PDDocument pdf = pdf("ディープ (JPN)", "حصان سريع (KSA)", "❀♞𝔄 (ISR)")) {
      assertThat(new PDFTextStripper().getText(pdf))
          .contains("???? (JPN)", "???? ???? (KSA)", "??? (ISR)")
          .contains("? stands for a character that the font of this file lacks");
      assertThat(pdf.getDocumentInformation().getTitle())
          .as("shown in the reader's own font")
          .isEqualTo("Pedigree of ディープ (JPN)");
    }
  }

  /** The text is that of the name; the first letter stands at the right. */
  @Test
  void aPdfPrintsHebrewFromRightToLeft() throws Exception {
    try (PDDocument pdf = pdf("שלום (ISR)", "Šárka", "Ødegård")) {
      Map<String, Float> places = new HashMap<>();
      PDFTextStripper stripper =
          new PDFTextStripper() {
            @Override
            protected void writeString(String text, List<TextPosition> positions)
                throws IOException {
              positions.forEach(one -> places.putIfAbsent(one.getUnicode(), one.getX()));
              super.writeString(text, positions);
            }
          };
      assertThat(stripper.getText(pdf)).contains("שלום", "(ISR)").doesNotContain("?");
      assertThat(places.get("ש")).isGreaterThan(places.get("ל"));
      assertThat(places.get("ל")).isGreaterThan(places.get("ם"));
      assertThat(places.get("I")).isGreaterThan(places.get("ש"));
    }
  }

  @Test
  void aPdfHasItsFontWithTheCharactersItUses() throws Exception {
    try (PDDocument pdf = pdf("Šárka", "Ødegård", "Анилин")) {
      for (COSName name : pdf.getPage(0).getResources().getFontNames()) {
        PDFont font = pdf.getPage(0).getResources().getFont(name);
        assertThat(font.isEmbedded()).isTrue();
        assertThat(font.getName()).endsWith("+LiberationSans");
        assertThat(font.getCOSObject().getDictionaryObject(COSName.TO_UNICODE)).isNotNull();
      }
    }
  }
}
