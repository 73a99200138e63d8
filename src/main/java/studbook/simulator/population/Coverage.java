package studbook.simulator.population;

/** Which profiles of a horse the API has. */
public enum Coverage {
  DETAILED,
  /** No detailed profile, but a standard one. */
  BASIC,
  NONE
}
