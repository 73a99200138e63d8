package studbook.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTest {

  record Holder(Secret secret) {}

  @Test
  void printsAsStarsAloneAndInsideARecord() {
    Secret secret = Secret.of("hidden");
    assertThat(secret).hasToString("***");
    assertThat(new Holder(secret)).hasToString("Holder[secret=***]");
    assertThat(secret.reveal()).isEqualTo("hidden");
    assertThat(secret).isEqualTo(Secret.of("hidden")).isNotEqualTo(Secret.of("other"));
  }
}
