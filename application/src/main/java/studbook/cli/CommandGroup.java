package studbook.cli;

/** Groups of commands, in the order of the help. */
enum CommandGroup {
  SET_UP("Set up"),
  RUN("Run"),
  CONTROL("Control"),
  INSPECT("Inspect"),
  DATA("Data"),
  TOOLS("Tools");

  private final String title;

  CommandGroup(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
