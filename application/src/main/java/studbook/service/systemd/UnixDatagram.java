package studbook.service.systemd;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/**
 * Sends a datagram to a Unix socket, which Java's own channels cannot: they know stream sockets
 * only. Calls the C library of Linux.
 */
final class UnixDatagram {

  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;

  /** Of {@code sockaddr_un}: a 16-bit family, then the path. */
  private static final int PATH_OFFSET = 2;

  private static final int PATH_SIZE = 108;

  private UnixDatagram() {}

  /**
   * Sends {@code message}.
   *
   * @param address a path, or @ and a name for a socket of the abstract namespace
   * @throws IOException if it cannot be sent; nothing is retried
   */
  static void send(String address, String message) throws IOException {
    byte[] path = address.getBytes(StandardCharsets.UTF_8);
    if (path.length >= PATH_SIZE) {
      throw new IOException("the address of the socket is longer than " + PATH_SIZE + " bytes");
    }
    try (Arena arena = Arena.ofConfined()) {
      int socket = (int) SOCKET.invokeExact(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
      if (socket < 0) {
        throw new IOException("no socket could be created");
      }
      try {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        long sent =
            (long)
                SENDTO.invokeExact(
                    socket,
                    arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes),
                    (long) bytes.length,
                    0,
                    socketAddress(arena, path),
                    PATH_OFFSET + path.length);
        if (sent != bytes.length) {
          throw new IOException("the socket accepts no datagram");
        }
      } finally {
        int _ = (int) CLOSE.invokeExact(socket);
      }
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException(e);
    }
  }

  private static MemorySegment socketAddress(Arena arena, byte[] path) {
    MemorySegment address = arena.allocate(PATH_OFFSET + PATH_SIZE, Short.BYTES);
    address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
    MemorySegment.copy(path, 0, address, ValueLayout.JAVA_BYTE, PATH_OFFSET, path.length);
    if (path[0] == '@') {
      address.set(ValueLayout.JAVA_BYTE, PATH_OFFSET, (byte) 0);
    }
    return address;
  }

  private static final MethodHandle SOCKET =
      function(
          "socket",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT));

  private static final MethodHandle SENDTO =
      function(
          "sendto",
          FunctionDescriptor.of(
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT));

  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  @SuppressWarnings("restricted") // the manifest allows native access
  private static MethodHandle function(String name, FunctionDescriptor type) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
  }
}
