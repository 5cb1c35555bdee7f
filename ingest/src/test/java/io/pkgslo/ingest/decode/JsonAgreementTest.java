// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same message as JSON and as protobuf gives the same views and the same identities. */
class JsonAgreementTest {
  private static final int MESSAGES = 60;
  private static final int MUTANTS_PER_MESSAGE = 10;

  @ParameterizedTest
  @EnumSource
  void decode_sameMessageInBothEncodings(Signal signal) throws Exception {
    Random random = Fuzz.random("json, " + signal);
    RandomTelemetry telemetry = new RandomTelemetry(random);
    OtlpJsonWriter writer = new OtlpJsonWriter(random);
    Signal.Decoder decoder = signal.decoder();
    for (int i = Fuzz.iterations(MESSAGES); i > 0; i--) {
      Message message = signal.random(telemetry);
      String json = writer.write(message);
      byte[] text = json.getBytes(StandardCharsets.UTF_8);
      List<String> fromJson = decoder.dumpWithIdentities(text).lines().toList();
      List<String> fromProtobuf =
          decoder.dumpWithIdentities(message.toByteArray()).lines().toList();
      for (int line = 0; line < fromProtobuf.size(); line++) {
        assertThat(fromJson.get(line)).isEqualTo(fromProtobuf.get(line));
      }
      assertThat(fromJson).hasSameSizeAs(fromProtobuf);
    }
  }

  /** Whatever happens to the text: views, or the one exception. */
  @ParameterizedTest
  @EnumSource
  void decode_mutatedJson(Signal signal) {
    Random random = Fuzz.random("mutated json, " + signal);
    RandomTelemetry telemetry = new RandomTelemetry(random);
    OtlpJsonWriter writer = new OtlpJsonWriter(random);
    Signal.Decoder decoder = signal.decoder();
    int rejected = 0;
    for (int i = Fuzz.iterations(MESSAGES); i > 0; i--) {
      byte[] json = writer.write(signal.random(telemetry)).getBytes(StandardCharsets.UTF_8);
      for (int mutant = 0; mutant < MUTANTS_PER_MESSAGE; mutant++) {
        byte[] mutated = Fuzz.mutate(json, random);
        try {
          decoder.dump(mutated);
        } catch (MalformedOtlpException e) {
          assertThat(e.position()).isBetween(0, mutated.length);
          rejected++;
        }
      }
    }
    assertThat(rejected).isPositive();
  }
}
