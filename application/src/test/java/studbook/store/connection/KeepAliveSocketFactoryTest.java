package studbook.store.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.StandardSocketOptions;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;

class KeepAliveSocketFactoryTest {

  @Test
  void aSilentServerIsProbedForAMinute() throws Exception {
    try (Socket socket = new KeepAliveSocketFactory().createSocket()) {
      assertThat(socket.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
      int idle = socket.getOption(ExtendedSocketOptions.TCP_KEEPIDLE);
      int interval = socket.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL);
      int count = socket.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT);
      assertThat(idle + interval * count).as("seconds").isEqualTo(60);
    }
  }
}
