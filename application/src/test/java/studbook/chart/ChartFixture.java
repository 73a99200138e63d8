package studbook.chart;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import studbook.chart.tree.AncestorTree;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.csv.PedigreeCsv;

/** Pedigrees for tests of charts. */
public final class ChartFixture {

  /** Two lines to the same grandsire, and through one of them to his sire. */
  public static final String LINEBRED =
      """
      id,sire,dam,sex,dob,name,colour
      1,2,3,F,2019-04-05,Harbour Light (IRE),B
      2,4,5,M,2010-03-01,Winter Harbour (IRE),CH
      3,6,7,F,2012,Clear Evening (FR),GR
      4,8,,M,2001,Old Quay (GB),BB
      5,,,F,,Slow Tide,
      6,4,,M,2005,North Pier (GB),B
      8,,,M,1990,First Stone (USA),B
      """;

  /** Names that mean something to HTML, XML, GEDCOM and terminals. */
  public static final String HOSTILE_NAME = "<script>alert(1)</script> & \"O'Neil\" @I1@ /x/ ]]>";

  private ChartFixture() {}

  public static AnimalTable animals(String csv) {
    try {
      return PedigreeCsv.read(new StringReader(csv));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The ancestors of the animal 1. */
  public static AncestorTree tree(String csv, int generations) {
    AnimalTable animals = animals(csv);
    return AncestorTree.of(animals, animals.indexOf("1").orElseThrow(), generations);
  }

  /** All ancestors known: the parents of n are 2n and 2n + 1. */
  public static AncestorTree complete(int generations) {
    StringBuilder csv = new StringBuilder("id,sire,dam,sex,yob,name,colour\n");
    for (int n = 1; n < 1 << (generations + 1); n++) {
      boolean first = n < 1 << generations;
      csv.append(n)
          .append(first ? ",%d,%d,".formatted(2 * n, 2 * n + 1) : ",,,")
          .append(n == 1 || n % 2 == 0 ? "M," : "F,")
          .append(2020 - 10 * AncestorTree.generation(n))
          .append(",Wonderful Meadow %d (IRE),CH%n".formatted(n));
    }
    return tree(csv.toString(), generations);
  }

  /** A horse with a hostile name in every place. */
  public static AncestorTree hostile() {
    String name = "\"" + HOSTILE_NAME.replace("\"", "\"\"") + "\u001B[31m\u202E\"";
    return tree(
        """
        id,sire,dam,name,colour
        1,2,3,%1$s,<b>
        2,3,,%1$s,"&"
        3,,,%1$s,\
        """
                .formatted(name)
            + "\n",
        3);
  }
}
