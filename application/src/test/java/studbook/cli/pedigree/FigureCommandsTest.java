package studbook.cli.pedigree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.CliRunner;
import studbook.cli.fixture.CliRunner.Result;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands for figures on a file: a foal of half-siblings by Old Oak. */
class FigureCommandsTest {

  private static final String PEDIGREE =
      """
      id,sire,dam,sex,yob,name
      foal,b,s,F,2020,Half Sib Foal (GB)
      second,b,s,M,2021,Second Foal (GB)
      b,oak,m1,M,2010,Brother (IRE)
      s,oak,m2,F,2012,Sister (IRE)
      oak,,,M,2000,Old Oak (IRE)
      m1,,,F,2001,First Mare
      m2,,,F,2003,Second Mare
      """;

  @TempDir Path folder;

  private CliRunner cli;

  @BeforeEach
  void write() throws IOException {
    cli = new CliRunner(folder);
    Files.writeString(folder.resolve("p.csv"), PEDIGREE);
  }

  private Result run(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "pedigree";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[arguments.length + 1] = "--from";
    all[arguments.length + 2] = "p.csv";
    return cli.run(all);
  }

  @Test
  void inbreedingHasCompletenessAndLinebreeding() {
    Result result = run("inbreeding", "foal");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("Half Sib Foal (GB) [foal]: Brother (IRE) [b] x Sister (IRE) [s]")
        .containsPattern("Inbreeding \\(F\\) +12\\.500%")
        .containsPattern("Known by generation +100% 100%")
        .contains("2.00 equivalent, 2 full, 2 to the farthest")
        .containsPattern("Old Oak \\(IRE\\) +2S x 2D +50\\.000% +12\\.500%");
  }

  @Test
  void whyShowsFormulasAndPaths() {
    assertThat(run("inbreeding", "Half sib foal", "--why").out())
        .contains("(1/2)^(n1 + n2 + 1) x (1 + F of the ancestor)")
        .contains(
            "Brother (IRE) - Old Oak (IRE) - Sister (IRE): (1/2)^(1 + 1 + 1) x (1 + 0) = 0.125")
        .contains("F = 0.125")
        .contains("(1/2)^2 + (1/2)^2 = 0.5")
        .contains("2 x Cs x Cd / (Cs + Cd) = 0.4, where Cs = 0.4 and Cd = 0.4");
  }

  @Test
  void theFileHasAllFiguresWithAllDigits() throws IOException {
    Result result = run("inbreeding", "--all", "--out", "f.csv");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(Files.readAllLines(folder.resolve("f.csv")))
        .containsExactly(
            "id,sire,dam,F,gen_eq,max_gen,full_gen,pci5,n_anc",
            "foal,b,s,0.125,2.0,2,2,0.4000000000000001,5",
            "b,oak,m1,0.0,1.0,1,1,0.20000000000000004,2",
            "s,oak,m2,0.0,1.0,1,1,0.20000000000000004,2",
            "second,b,s,0.125,2.0,2,2,0.4000000000000001,5",
            "oak,,,0.0,0.0,0,0,0.0,0",
            "m1,,,0.0,0.0,0,0,0.0,0",
            "m2,,,0.0,0.0,0,0,0.0,0");
    assertThat(run("inbreeding", "--all", "--out", "f.csv").code()).isEqualTo(2);
    assertThat(run("inbreeding", "s", "--out", "-").out())
        .endsWith("s,oak,m2,0.0,1.0,1,1,0.20000000000000004,2\n");
  }

  @Test
  void allWithoutAFileIsASummary() {
    assertThat(run("inbreeding", "--all").out())
        .contains("7 horses: mean F 3.571%")
        .containsPattern("Half Sib Foal \\(GB\\) \\[foal\\] +2020 +12\\.500%");
  }

  @Test
  void linksOfACycleAreLeftOutAndCounted() throws IOException {
    Files.writeString(folder.resolve("p.csv"), "id,sire,dam\na,b,x\nb,a,y\nfoal,a,z\n");
    Result result = run("inbreeding", "foal");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).contains("2 links in error").containsPattern("F\\) +0\\.000%");
  }

  @Test
  void anUnknownHorseIsAnsweredWithTheNearestNames() {
    for (String[] command :
        new String[][] {
          {"inbreeding", "Sisster"}, {"mating", "b", "Sisster"}, {"lines", "Sisster"}
        }) {
      Result result = run(command);
      assertThat(result.code()).isEqualTo(2);
      assertThat(result.err()).contains("Sister (IRE)");
    }
  }

  @Test
  void aMatingHasTheFiguresOfItsFoal() throws Exception {
    JsonNode mating =
        JsonMapper.shared().readTree(run("mating", "b", "s", "--json", "--why").out());
    assertThat(mating.path("additive_relationship_percent").doubleValue()).isEqualTo(25.0);
    assertThat(mating.path("relationship_percent").doubleValue()).isEqualTo(25.0);
    JsonNode foal = mating.path("foal");
    assertThat(foal.path("inbreeding_percent").doubleValue()).isEqualTo(12.5);
    assertThat(foal.path("ancestor_count").intValue()).isEqualTo(5);
    assertThat(foal.path("linebred_ancestors").get(0).path("places").stringValue())
        .isEqualTo("2S x 2D");
    assertThat(foal.path("contributions").get(0).path("inbreeding_paths").get(0).path("animal_ids"))
        .hasToString("[\"b\",\"oak\",\"s\"]");
    assertThat(run("mating", "b", "s").out())
        .contains("additive relationship 25.000%", "Foal of Brother (IRE) [b] x Sister (IRE) [s]");
  }

  @Test
  void aMatrixHasARowForEachSire() throws IOException {
    Files.writeString(folder.resolve("sires.txt"), "b\noak\n");
    Files.writeString(folder.resolve("dams.txt"), "s\n\nm1\n");
    Result result = run("mating", "--sires", "sires.txt", "--dams", "dams.txt");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).isEqualTo("sire,s,m1\nb,0.125,0.25\noak,0.25,0.0\n");
  }

  @Test
  void linesEndSiblingsAndOffspringAreListed() {
    assertThat(run("lines", "foal").out())
        .contains("Tail-male line, 2 generations: Brother (IRE) - Old Oak (IRE)")
        .contains("Tail-female line, 2 generations: Sister (IRE) - Second Mare")
        .contains("Full siblings: 1: Second Foal (GB) 2021");
    assertThat(run("lines", "b").out())
        .contains("Half-siblings by the sire: 1: Sister (IRE) 2012")
        .contains("by year: 2020 1, 2021 1")
        .contains("by region: gb 2");
  }

  @Test
  void aPopulationHasItsFigures() throws Exception {
    Result result = run("population", "--born", "2020..2021", "--why");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("2 horses born 2020 to 2021, of 7", "Mean F: 12.500%")
        .contains("Most used 1 sire of 1: 100.0% of the foals; Brother (IRE) 2")
        .contains("Founders: 3, and 0 unknown parents; effective founders: 2.7")
        .contains("Effective ancestors: 2.7")
        .contains("Boichard");
    JsonNode all = JsonMapper.shared().readTree(run("population", "--json").out());
    assertThat(all.path("born").stringValue()).isEqualTo("2012 to 2021");
    assertThat(all.path("generation_interval_years").doubleValue()).isEqualTo(10.5);
    assertThat(run("population", "--born", "2021..2020").code()).isEqualTo(2);
    assertThat(run("population", "--born", "1900").err()).contains("no horse was born");
  }

  @Test
  void argumentsThatContradictEachOtherAreRefused() {
    assertThat(run("inbreeding").code()).isEqualTo(2);
    assertThat(run("inbreeding", "foal", "--all").code()).isEqualTo(2);
    assertThat(run("inbreeding", "foal", "--generations", "10").code()).isEqualTo(2);
    assertThat(run("mating", "b").code()).isEqualTo(2);
    assertThat(run("mating", "b", "b").code()).isEqualTo(2);
    assertThat(run("mating", "b", "s", "--sires", "x", "--dams", "y").code()).isEqualTo(2);
  }

  @Test
  void namesFromOutsideAreMadePrintable() throws IOException {
    Files.writeString(
        folder.resolve("p.csv"), "id,sire,dam,name\nfoal,s,d,\u001b[31mRed\n=1+1,s,d,x\n");
    assertThat(run("inbreeding", "foal").out()).doesNotContain("\u001b");
    assertThat(run("lines", "foal").out()).doesNotContain("\u001b");
    assertThat(run("inbreeding", "=1+1", "--out", "-").out()).contains("\n=1+1,s,d,0.0");
  }
}
