package studbook.cli.settings;

/** What a command requires. */
public enum Requirement {
  /** Requests to The Racing API: user name and password must be set. */
  API,
  /**
   * Opens the person's database: its address is read, and checked. Without it, it is not looked at.
   */
  DATABASE
}
