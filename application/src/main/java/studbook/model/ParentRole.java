package studbook.model;

import java.util.Optional;

/** The role of a parent, with the prefix of its id in that role. */
public enum ParentRole {
  SIRE("sir_", Field.SIRE_ID, Field.SIRE),
  DAM("dam_", Field.DAM_ID, Field.DAM),
  DAMSIRE("dsi_", Field.DAMSIRE_ID, Field.DAMSIRE);

  private final String prefix;
  private final Field id;
  private final Field name;

  ParentRole(String prefix, Field id, Field name) {
    this.prefix = prefix;
    this.id = id;
    this.name = name;
  }

  public String prefix() {
    return prefix;
  }

  /** The horse of an id in this role; empty if it is not the prefix and digits. */
  public Optional<HorseId> horse(String id) {
    return id.startsWith(prefix)
        ? HorseId.parse("hrs_" + id.substring(prefix.length()))
        : Optional.empty();
  }

  /** The error of an invalid id. */
  public String idError() {
    return "not " + prefix + " and digits";
  }

  Field idField() {
    return id;
  }

  Field nameField() {
    return name;
  }
}
