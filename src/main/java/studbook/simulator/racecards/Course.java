package studbook.simulator.racecards;

/** An invented racecourse. */
record Course(String name, String id, String region) {

  static final Course[] ALL = {
    new Course("Abbeyfold Park", "crs_7001", "GB"),
    new Course("Brackenridge", "crs_7002", "GB"),
    new Course("Coolmeen", "crs_7003", "IRE"),
    new Course("Dovemere (AW)", "crs_7004", "GB"),
    new Course("Eastwater", "crs_7005", "GB"),
    new Course("Foxhollow", "crs_7006", "GB"),
    new Course("Kilcreene", "crs_7007", "IRE"),
    new Course("Clairvaux-sur-Orne", "crs_7008", "FR"),
    new Course("Montréval", "crs_7009", "FR"),
    new Course("Rathmoylan", "crs_7010", "IRE"),
    new Course("Stonebarrow", "crs_7011", "GB"),
    new Course("Larkfield", "crs_7012", "GB"),
  };

  boolean hasOdds() {
    return !region.equals("FR");
  }
}
