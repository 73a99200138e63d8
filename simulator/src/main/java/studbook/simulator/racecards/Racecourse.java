package studbook.simulator.racecards;

/** An invented racecourse. */
record Racecourse(String name, String id, String region) {

  static final Racecourse[] ALL = {
    new Racecourse("Abbeyfold Park", "crs_7001", "GB"),
    new Racecourse("Brackenridge", "crs_7002", "GB"),
    new Racecourse("Coolmeen", "crs_7003", "IRE"),
    new Racecourse("Dovemere (AW)", "crs_7004", "GB"),
    new Racecourse("Eastwater", "crs_7005", "GB"),
    new Racecourse("Foxhollow", "crs_7006", "GB"),
    new Racecourse("Kilcreene", "crs_7007", "IRE"),
    new Racecourse("Clairvaux-sur-Orne", "crs_7008", "FR"),
    new Racecourse("Montréval", "crs_7009", "FR"),
    new Racecourse("Rathmoylan", "crs_7010", "IRE"),
    new Racecourse("Stonebarrow", "crs_7011", "GB"),
    new Racecourse("Larkfield", "crs_7012", "GB"),
  };

  boolean hasOdds() {
    return !region.equals("FR");
  }
}
