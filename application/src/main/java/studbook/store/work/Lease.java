package studbook.store.work;

/**
 * A worker's right to a chunk. Every later claim has a higher token; a write with an older token
 * changes nothing.
 */
public record Lease(long run, int chunk, int token) {}
