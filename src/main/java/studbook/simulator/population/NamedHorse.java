package studbook.simulator.population;

import studbook.model.HorseId;

/**
 * What a racing database knows of a horse before it is enriched.
 *
 * @param name with its suffix
 */
public record NamedHorse(HorseId id, String name) {}
