package studbook.racingapi;

import java.util.Locale;
import studbook.model.HorseId;

/** Where a horse's profile is asked for. */
public enum Endpoint {
  /** The detailed profile. */
  PRO,
  /** The basic profile: names and pedigree. May stand where there is no detailed one. */
  STANDARD;

  /** As the tables and the API's paths spell it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  String path(HorseId horse) {
    return "/horses/" + horse.text() + "/" + text();
  }
}
