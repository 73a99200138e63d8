package studbook.simulator.population;

/** The profiles that the API has of a horse. */
public enum ProfileAvailability {
  DETAILED,
  /** No detailed profile, but a standard one. */
  BASIC,
  NONE
}
