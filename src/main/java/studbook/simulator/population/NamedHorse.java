package studbook.simulator.population;

import studbook.model.HorseId;

/**
 * A horse as a racing database has it before enrichment.
 *
 * @param name with its suffix
 */
public record NamedHorse(HorseId id, String name) {}
