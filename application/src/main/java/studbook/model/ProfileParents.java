package studbook.model;

/** Validated sire, dam and damsire. */
public record ProfileParents(Parent sire, Parent dam, Parent damsire) {

  public static final ProfileParents UNKNOWN =
      new ProfileParents(Parent.UNKNOWN, Parent.UNKNOWN, Parent.UNKNOWN);

  /** Whether at least one parent's id or name is known; only then is a pedigree written. */
  public boolean isKnown() {
    return sire.isKnown() || dam.isKnown() || damsire.isKnown();
  }

  /** Whether no parent has a name without an id. */
  public boolean isLinked() {
    return sire.isLinked() && dam.isLinked() && damsire.isLinked();
  }
}
