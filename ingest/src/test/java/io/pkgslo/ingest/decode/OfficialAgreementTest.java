// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The independent check of the protobuf reader: on generated, rearranged and mutated messages it
 * says what the official generated classes say, and accepts what they accept.
 */
class OfficialAgreementTest {
  private static final int MESSAGES = 60;
  private static final int MUTANTS_PER_MESSAGE = 10;

  @ParameterizedTest
  @EnumSource
  void decode_messageOfOfficialWriter(Signal signal) throws Exception {
    Random random = Fuzz.random("official writer, " + signal);
    RandomTelemetry telemetry = new RandomTelemetry(random);
    Signal.Decoder decoder = signal.decoder();
    for (int i = Fuzz.iterations(MESSAGES); i > 0; i--) {
      byte[] value = signal.random(telemetry).toByteArray();
      assertThat(decoder.dump(value)).isEqualTo(signal.officialDump(value));
    }
  }

  /** Any order of fields, resource behind its scopes included, unknown fields, odd packing. */
  @ParameterizedTest
  @EnumSource
  void decode_rearrangedMessage(Signal signal) throws Exception {
    Random random = Fuzz.random("rearranged, " + signal);
    RandomTelemetry telemetry = new RandomTelemetry(random);
    WireScrambler scrambler = new WireScrambler(random, false);
    Signal.Decoder decoder = signal.decoder();
    for (int i = Fuzz.iterations(MESSAGES); i > 0; i--) {
      assertAgreement(signal, decoder, scrambler.encode(signal.random(telemetry)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void decode_duplicatedSubMessages(Signal signal) throws Exception {
    Random random = Fuzz.random("duplicated, " + signal);
    RandomTelemetry telemetry = new RandomTelemetry(random);
    WireScrambler scrambler = new WireScrambler(random, true);
    Signal.Decoder decoder = signal.decoder();
    for (int i = Fuzz.iterations(MESSAGES); i > 0; i--) {
      assertAgreement(signal, decoder, scrambler.encode(signal.random(telemetry)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void decode_mutatedMessage(Signal signal) throws Exception {
    Random random = Fuzz.random("mutated, " + signal);
    RandomTelemetry telemetry = new RandomTelemetry(random);
    WireScrambler scrambler = new WireScrambler(random, true);
    Signal.Decoder decoder = signal.decoder();
    for (int i = Fuzz.iterations(MESSAGES); i > 0; i--) {
      Message message = signal.random(telemetry);
      byte[] value = random.nextBoolean() ? message.toByteArray() : scrambler.encode(message);
      for (int mutant = 0; mutant < MUTANTS_PER_MESSAGE; mutant++) {
        byte[] mutated = Fuzz.mutate(value, random);
        assertAgreement(signal, decoder, mutated);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void decode_randomBytes(Signal signal) throws Exception {
    Random random = Fuzz.random("random bytes, " + signal);
    Signal.Decoder decoder = signal.decoder();
    for (int i = Fuzz.iterations(10 * MESSAGES); i > 0; i--) {
      byte[] value = new byte[random.nextInt(64)];
      random.nextBytes(value);
      if (value.length > 1 && random.nextBoolean()) {
        value[0] = 0x0a;
        value[1] = (byte) (value.length - 2);
      }
      assertAgreement(signal, decoder, value);
    }
  }

  /**
   * Documented differences: broken UTF-8 is accepted by us, and foreign formats are accepted by the
   * official classes as nothing but unknown fields.
   */
  private static void assertAgreement(Signal signal, Signal.Decoder decoder, byte[] value) {
    if (OtlpEncoding.of(value, 0, value.length) == OtlpEncoding.JSON) {
      return;
    }
    String official = null;
    String rejection = "";
    try {
      official = signal.officialDump(value);
    } catch (InvalidProtocolBufferException e) {
      rejection = String.valueOf(e.getMessage());
    }
    String ours = null;
    DecodeFailure failure = null;
    String reason = "";
    try {
      ours = decoder.dump(value);
    } catch (MalformedOtlpException e) {
      failure = e.failure();
      reason = failure + " " + e.getMessage();
      assertThat(e.position()).isBetween(0, value.length);
    }
    String input =
        signal
            + " "
            + HexFormat.of().formatHex(value)
            + " official: "
            + rejection
            + " ours: "
            + reason;
    if (official == null && !rejection.contains("UTF-8")) {
      assertThat(failure).as(input).isNotNull();
    } else if (official != null && failure != DecodeFailure.NOT_OTLP) {
      assertThat(ours).as(input).isEqualTo(official);
    }
  }
}
