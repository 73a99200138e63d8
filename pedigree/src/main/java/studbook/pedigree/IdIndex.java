package studbook.pedigree;

import java.util.Arrays;
import java.util.OptionalInt;

/** Ids and their indexes, in the order in which they came. */
final class IdIndex {

  private static final int FREE = -1;

  private final StringColumn ids = new StringColumn();
  private final IntColumn hashes = new IntColumn(0);

  /** Indexes by hash; a taken place sends to the next one. Its length is a power of two. */
  private int[] places = free(64);

  private int size;

  private static int[] free(int length) {
    int[] places = new int[length];
    Arrays.fill(places, FREE);
    return places;
  }

  int size() {
    return size;
  }

  String id(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("animal %d of %d".formatted(index, size));
    }
    return ids.get(index).orElseThrow();
  }

  /** Whether {@code id} is that of an index. */
  boolean isOf(int index, String id) {
    return ids.holds(index, id);
  }

  OptionalInt indexOf(String id) {
    int index = places[place(id, hash(id))];
    return index == FREE ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /** The index of an id, a new one if it is not there yet. */
  int add(String id) {
    int hash = hash(id);
    int place = place(id, hash);
    if (places[place] != FREE) {
      return places[place];
    }
    int index = size++;
    ids.set(index, id);
    hashes.set(index, hash);
    places[place] = index;
    if (size > places.length / 2) {
      grow();
    }
    return index;
  }

  private static int hash(String id) {
    int hash = id.hashCode() * 0x9E3779B9;
    return hash ^ hash >>> 16;
  }

  /** Where the id is, or the free place where it belongs. */
  private int place(String id, int hash) {
    int mask = places.length - 1;
    int place = hash & mask;
    while (places[place] != FREE
        && (hashes.get(places[place]) != hash || !ids.holds(places[place], id))) {
      place = place + 1 & mask;
    }
    return place;
  }

  private void grow() {
    places = free(2 * places.length);
    int mask = places.length - 1;
    for (int index = 0; index < size; index++) {
      int place = hashes.get(index) & mask;
      while (places[place] != FREE) {
        place = place + 1 & mask;
      }
      places[place] = index;
    }
  }
}
