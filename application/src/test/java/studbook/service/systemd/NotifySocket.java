package studbook.service.systemd;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A Unix datagram socket as systemd has one: remembers what it receives. */
public final class NotifySocket {

  private final List<String> messages = new CopyOnWriteArrayList<>();

  /**
   * @param address a path, or @ and a name
   */
  public NotifySocket(String address) throws Throwable {
    int socket =
        (int)
            function("socket", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT)
                .invokeExact(1, 2, 0);
    byte[] path = address.getBytes(StandardCharsets.UTF_8);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bound = arena.allocate(110, 2);
      bound.set(ValueLayout.JAVA_SHORT, 0, (short) 1);
      MemorySegment.copy(path, 0, bound, ValueLayout.JAVA_BYTE, 2, path.length);
      if (path[0] == '@') {
        bound.set(ValueLayout.JAVA_BYTE, 2, (byte) 0);
      }
      int result =
          (int)
              function("bind", ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT)
                  .invokeExact(socket, bound, 2 + path.length);
      if (result != 0) {
        throw new IllegalStateException("bind " + address);
      }
    }
    Thread.ofPlatform().daemon().start(() -> receive(socket));
  }

  @SuppressWarnings("restricted")
  private void receive(int socket) {
    try (Arena arena = Arena.ofConfined()) {
      MethodHandle read =
          Linker.nativeLinker()
              .downcallHandle(
                  Linker.nativeLinker().defaultLookup().findOrThrow("read"),
                  FunctionDescriptor.of(
                      ValueLayout.JAVA_LONG,
                      ValueLayout.JAVA_INT,
                      ValueLayout.ADDRESS,
                      ValueLayout.JAVA_LONG));
      MemorySegment buffer = arena.allocate(4_096);
      while (true) {
        long length = (long) read.invokeExact(socket, buffer, 4_096L);
        byte[] message = buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
        messages.add(new String(message, StandardCharsets.UTF_8));
      }
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("restricted")
  private static MethodHandle function(String name, java.lang.foreign.MemoryLayout... parameters) {
    return Linker.nativeLinker()
        .downcallHandle(
            Linker.nativeLinker().defaultLookup().findOrThrow(name),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, parameters));
  }

  /** What came, in order; without the watchdog's messages. */
  public List<String> states() {
    return messages.stream().filter(message -> !message.equals("WATCHDOG=1")).toList();
  }

  /** How often the watchdog was told that the service is alive. */
  public long alive() {
    return messages.stream().filter(message -> message.equals("WATCHDOG=1")).count();
  }
}
