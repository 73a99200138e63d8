package studbook.racingapi;

import java.util.Locale;
import studbook.model.HorseId;

/** The endpoint of a horse's profile. */
public enum Endpoint {
  /** The detailed profile. */
  PRO,
  /** The basic profile: names and pedigree. May exist if there is no detailed one. */
  STANDARD;

  /** As in the tables and the API's paths. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  String path(HorseId horse) {
    return "/horses/" + horse.text() + "/" + text();
  }
}
