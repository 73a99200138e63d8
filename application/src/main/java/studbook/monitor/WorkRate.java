package studbook.monitor;

/**
 * What is done in a second of working time.
 *
 * @param horses completed
 * @param requests sent
 */
record WorkRate(double horses, double requests) {}
