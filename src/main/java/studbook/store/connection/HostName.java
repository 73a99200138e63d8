package studbook.store.connection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * The name of the host that this process runs on. It is looked up once: a resolver that does not
 * answer takes seconds, and the name is compared with every heartbeat. Safe for many threads.
 */
public final class HostName {

  private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");
  private static final HostName THIS_HOST = new HostName(HostName::lookUp);

  private final Supplier<String> lookUp;
  private String name = "";

  /**
   * A name that {@code lookUp} finds.
   *
   * @param lookUp called when the name is first asked for
   */
  HostName(Supplier<String> lookUp) {
    this.lookUp = lookUp;
  }

  /** The name of this host. */
  public static String current() {
    return THIS_HOST.get();
  }

  synchronized String get() {
    if (name.isEmpty()) {
      name = lookUp.get();
    }
    return name;
  }

  /** From the kernel, which needs no resolver; from the resolver where there is no Linux kernel. */
  private static String lookUp() {
    try {
      return Files.exists(KERNEL)
          ? Files.readString(KERNEL).strip()
          : InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + KERNEL, e);
    }
  }
}
