package studbook.simulator.population;

/**
 * A horse as a racing database has it before enrichment.
 *
 * @param name with its suffix
 */
public record NamedHorse(String id, String name) {}
