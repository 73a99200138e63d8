package studbook.dashboard.page;

/** The sections of the dashboard, in the order of the navigation. */
public enum PageSection {
  OVERVIEW("Overview", "/"),
  RUNS("Runs", "/runs"),
  HORSES("Horses", "/horses"),
  MATING("Mating", "/mating"),
  QUALITY("Quality", "/quality"),
  ERRORS("Errors", "/errors"),
  REVIEW("Review", "/review"),
  CHANGES("Changes", "/changes"),
  SCHEDULES("Schedules", "/schedules"),
  DRIFT("Drift", "/drift");

  private final String label;
  private final String path;

  PageSection(String label, String path) {
    this.label = label;
    this.path = path;
  }

  public String label() {
    return label;
  }

  public String path() {
    return path;
  }
}
