package studbook.store.connection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * The name of this host, looked up once: a resolver that does not answer takes seconds, and the
 * name is compared at every heartbeat. Safe for many threads.
 */
public final class HostName {

  private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");
  private static final HostName THIS_HOST = new HostName(HostName::lookUp);

  private final Supplier<String> lookUp;
  private String name = "";

  /**
   * A lazily looked up name.
   *
   * @param lookUp called at the first use
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

  /** From the kernel, without a resolver; from the resolver if there is no Linux kernel. */
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
