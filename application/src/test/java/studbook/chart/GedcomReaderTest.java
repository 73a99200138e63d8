package studbook.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.gedcom4j.model.FamilyChild;
import org.gedcom4j.model.Gedcom;
import org.gedcom4j.model.Individual;
import org.gedcom4j.model.IndividualReference;
import org.gedcom4j.parser.GedcomParser;
import org.gedcom4j.validate.Validator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import studbook.chart.tree.AncestorTree;

/** GEDCOM files as another program reads and validates them. */
class GedcomReaderTest {

  private static final String LETTERS =
      """
      id,sire,dam,sex,dob,name,colour
      1,2,3,F,2019-04-05,Émile Šárka (IRE),B
      2,,,M,2010,ディープ (JPN),CH
      3,2,,F,2012-02-29,حصان Øst,GR
      """;

  static Stream<AncestorTree> trees() {
    return Stream.of(
        ChartFixture.tree(ChartFixture.LINEBRED, 4),
        ChartFixture.tree(ChartFixture.LINEBRED, 1),
        ChartFixture.tree(LETTERS, 3),
        ChartFixture.tree("id,sire,dam\n1,,\n", 1),
        ChartFixture.tree("id,sire,dam\n1,2,2\n2,3,\n3,2,\n", 12),
        ChartFixture.tree(
            "id,sire,dam,name\n1,%s,,%s\n".formatted("9".repeat(60), "N".repeat(300)), 2),
        ChartFixture.complete(6),
        ChartFixture.hostile());
  }

  private static GedcomParser read(AncestorTree tree) throws Exception {
    byte[] bytes = GedcomDocument.of(tree).getBytes(StandardCharsets.UTF_8);
    GedcomParser parser = new GedcomParser();
    parser.load(new BufferedInputStream(new ByteArrayInputStream(bytes)));
    return parser;
  }

  @ParameterizedTest
  @MethodSource("trees")
  void aFileIsReadAndValidWithoutAFinding(AncestorTree tree) throws Exception {
    GedcomParser parser = read(tree);
    assertThat(parser.getErrors()).isEmpty();
    assertThat(parser.getWarnings()).isEmpty();
    Validator validator = new Validator(parser.getGedcom());
    validator.setAutoRepairResponder(Validator.AUTO_REPAIR_NONE);
    validator.validate();
    assertThat(validator.getResults().getAllFindings())
        .extracting(Validator.Finding::getProblemDescription)
        .as("apart from what is true of people only")
        .filteredOn(finding -> !finding.equals("Mother may not have been 16 yet at the time"))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("trees")
  void everyPlaceHasTheParentsOfTheChart(AncestorTree tree) throws Exception {
    Gedcom gedcom = read(tree).getGedcom();
    Individual subject = Objects.requireNonNull(gedcom.getIndividuals().get("@I1@"));
    assertThat(name(subject)).isEqualTo(tree.subject().label().replace('/', ' '));
    assertAncestors(tree, 1, subject);
  }

  private static void assertAncestors(AncestorTree tree, int number, Individual horse) {
    if (AncestorTree.generation(number) == tree.generations()) {
      return;
    }
    for (int parent : new int[] {2 * number, 2 * number + 1}) {
      Optional<Individual> read = parent(horse, AncestorTree.isSire(parent));
      assertThat(read.map(GedcomReaderTest::name))
          .isEqualTo(tree.horse(parent).map(one -> one.label().replace('/', ' ')));
      read.ifPresent(one -> assertAncestors(tree, parent, one));
    }
  }

  private static Optional<Individual> parent(Individual horse, boolean sire) {
    List<FamilyChild> families =
        Optional.ofNullable(horse.getFamiliesWhereChild()).orElse(List.of());
    assertThat(families).hasSizeLessThanOrEqualTo(1);
    return families.stream()
        .map(FamilyChild::getFamily)
        .map(family -> sire ? family.getHusband() : family.getWife())
        .flatMap(Stream::ofNullable)
        .map(IndividualReference::getIndividual)
        .findFirst();
  }

  private static String name(Individual horse) {
    return horse.getNames().getFirst().getBasic().replace("@@", "@"); // the library keeps the pair
  }

  @Test
  void lettersAndDatesAreReadAsTheyAre() throws Exception {
    Gedcom gedcom = read(ChartFixture.tree(LETTERS, 3)).getGedcom();
    Individual dam = Objects.requireNonNull(gedcom.getIndividuals().get("@I3@"));
    assertThat(name(dam)).isEqualTo("حصان Øst");
    assertThat(dam.getSex().getValue()).isEqualTo("F");
    assertThat(dam.getEvents().getFirst().getDate().getValue()).isEqualTo("29 FEB 2012");
  }
}
