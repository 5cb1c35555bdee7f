// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokerArgumentsTest {
  @Test
  void commandLine_isReadBack() {
    BrokerArguments arguments =
        new BrokerArguments(Path.of("a b"), 9092, Map.of("log.retention.ms", "1=2"), true);

    assertThat(BrokerArguments.parse(arguments.toCommandLine().toArray(String[]::new)))
        .isEqualTo(arguments);
  }

  @Test
  void parse_onlyDirectory_takesDefaults() {
    assertThat(BrokerArguments.parse("--data-dir", "d"))
        .isEqualTo(new BrokerArguments(Path.of("d"), 0, Map.of(), false));
  }

  @ParameterizedTest
  @CsvSource({
    "'', --data-dir is missing",
    "--data-dir, --data-dir wants a value",
    "--data-dir d --port 65536, '--port wants a number from 0 to 65535, not 65536'",
    "--data-dir d --port x, '--port wants a number from 0 to 65535, not x'",
    "--data-dir d --property =x, '--property wants KEY=VALUE, not =x'",
    "--data-dir d --nope, unknown option --nope"
  })
  void parse_badArguments_saysWhatWasExpected(String line, String message) {
    String[] args = line.isEmpty() ? new String[0] : line.split(" ");
    assertThatThrownBy(() -> BrokerArguments.parse(args))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
