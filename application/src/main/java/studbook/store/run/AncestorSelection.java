package studbook.store.run;

/**
 * The ancestors that a run requests.
 *
 * @param generation between them and the nearest of the user's horses; 1 = sires and dams
 * @param intoUserTables whether they are stored in ra_horses and ra_horse_pedigree, instead of
 *     studbook.ancestor
 */
public record AncestorSelection(int generation, boolean intoUserTables) {

  public AncestorSelection {
    if (generation < 1) {
      throw new IllegalArgumentException("no ancestors are in generation " + generation);
    }
  }
}
