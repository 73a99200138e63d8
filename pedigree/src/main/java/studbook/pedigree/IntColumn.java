package studbook.pedigree;

import java.util.Arrays;

/** Numbers by index; grows as they are set. */
final class IntColumn {

  private final int absent;
  private int[] values = new int[64];

  IntColumn(int absent) {
    this.absent = absent;
    Arrays.fill(values, absent);
  }

  void set(int index, int value) {
    if (index >= values.length) {
      int length = values.length;
      values = Arrays.copyOf(values, Math.max(index + 1, length + length / 2));
      Arrays.fill(values, length, values.length, absent);
    }
    values[index] = value;
  }

  int get(int index) {
    return index < values.length ? values[index] : absent;
  }

  int[] toArray(int size) {
    int length = values.length;
    int[] array = Arrays.copyOf(values, size);
    if (size > length) {
      Arrays.fill(array, length, size, absent);
    }
    return array;
  }

  byte[] toBytes(int size) {
    byte[] bytes = new byte[size];
    for (int index = 0; index < size; index++) {
      bytes[index] = (byte) get(index);
    }
    return bytes;
  }
}
