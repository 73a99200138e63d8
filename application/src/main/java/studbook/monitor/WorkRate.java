package studbook.monitor;

/**
 * Work in a second of working time.
 *
 * @param horses completed
 * @param requests sent
 */
record WorkRate(double horses, double requests) {}
