package studbook.simulator.population;

/** Which profiles of a horse the API has. */
public enum ProfileAvailability {
  DETAILED,
  /** No detailed profile, but a standard one. */
  BASIC,
  NONE
}
