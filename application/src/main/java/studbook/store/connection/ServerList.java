package studbook.store.connection;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The servers of {@code host}, {@code hostaddr} and {@code port}, in order. */
record ServerList(List<ServerAddress> servers) {

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]*|[0-9A-Fa-f:.]{2,45}");
  private static final String LOCAL = "localhost";
  private static final String DEFAULT_PORT = "5432";

  /**
   * @param address numeric; empty if the name is resolved
   */
  record ServerAddress(String host, String port, String address) {

    String place() {
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /**
   * @throws ServerListMistake for an invalid value, or lists of different lengths
   */
  static ServerList of(String hosts, String addresses, String ports) {
    List<String> names = elements(hosts.isEmpty() && addresses.isEmpty() ? LOCAL : hosts);
    List<String> literals = elements(addresses);
    int count = hosts.isEmpty() ? Math.max(literals.size(), names.size()) : names.size();
    if (!addresses.isEmpty() && literals.size() != count) {
      throw new ServerListMistake(
          "hostaddr", "has another number of addresses in hostaddr than of hosts");
    }
    List<String> numbers = elements(ports);
    if (numbers.size() != 1 && numbers.size() != count) {
      throw new ServerListMistake("port", "has another number of ports than of hosts");
    }
    List<ServerAddress> servers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String address = addresses.isEmpty() ? "" : address(literals.get(i));
      String host = hosts.isEmpty() ? names.getFirst() : host(names.get(i));
      servers.add(
          new ServerAddress(
              host.isEmpty() ? (address.isEmpty() ? LOCAL : address) : host,
              port(numbers.get(numbers.size() == 1 ? 0 : i)),
              address));
    }
    return new ServerList(servers);
  }

  private static List<String> elements(String list) {
    return List.of(list.split(",", -1));
  }

  private static String host(String text) {
    if (text.startsWith("/") || text.startsWith("@")) {
      throw unixSocket();
    }
    String host =
        text.startsWith("[") && text.endsWith("]") ? text.replaceAll("[\\[\\]]", "") : text;
    if (!HOST.matcher(host).matches()) {
      throw new ServerListMistake("host", "has a host that is neither a name nor an address");
    }
    return host;
  }

  private static String address(String text) {
    try {
      return text.isEmpty() ? "" : InetAddress.ofLiteral(text).getHostAddress();
    } catch (IllegalArgumentException e) {
      throw new ServerListMistake("hostaddr", "has a hostaddr that is no address in figures");
    }
  }

  private static String port(String text) {
    if (text.isEmpty()) {
      return DEFAULT_PORT;
    }
    int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    if (port < 1 || port > 65_535) {
      throw new ServerListMistake(
          "port", "has a port that is not between 1 and 65535; " + DatabaseUrl.ENCODING);
    }
    return Integer.toString(port);
  }

  static ServerListMistake unixSocket() {
    return new ServerListMistake(
        "host", "names the directory of a Unix socket; a host and a port are needed");
  }

  /** As in pgjdbc's URL and messages. */
  String places() {
    return servers.stream().map(ServerAddress::place).collect(Collectors.joining(","));
  }

  /**
   * The servers with an address of their own, for {@link KeepAliveSocketFactory}.
   *
   * @throws ServerListMistake if one host and port has two addresses
   */
  Optional<String> addresses() {
    Map<String, String> addresses = new HashMap<>();
    for (ServerAddress server : servers) {
      String former = addresses.putIfAbsent(server.place(), server.address());
      if (former != null && !former.equals(server.address())) {
        throw new ServerListMistake(
            "hostaddr", "has two addresses in hostaddr for one host and port");
      }
    }
    String list =
        addresses.entrySet().stream()
            .filter(entry -> !entry.getValue().isEmpty())
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .sorted()
            .collect(Collectors.joining(","));
    return Optional.of(list).filter(text -> !text.isEmpty());
  }

  /** An invalid value, with its keyword. */
  static final class ServerListMistake extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String keyword;

    ServerListMistake(String keyword, String sentence) {
      super(sentence);
      this.keyword = keyword;
    }

    String keyword() {
      return keyword;
    }
  }
}
