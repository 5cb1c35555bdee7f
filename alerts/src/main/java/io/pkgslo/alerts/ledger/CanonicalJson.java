// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.ledger;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.pkgslo.alerts.judge.Arm;
import io.pkgslo.alerts.judge.JudgeState;
import io.pkgslo.alerts.judge.PersonsWord;
import io.pkgslo.alerts.judge.Rule;
import io.pkgslo.alerts.judge.SeriesKey;
import io.pkgslo.alerts.judge.Sli;
import io.pkgslo.alerts.judge.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One text per value: sorted keys, no white space, doubles in their shortest form by Jackson's own
 * algorithm (that of the JDK differs between 17 and 19), enums by wire name. Also the form in which
 * a rollout's state, opening and looks are stored: what is read back is equal to the bit.
 */
public final class CanonicalJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .addMixIn(Verdict.class, ByWireName.class)
          .addMixIn(Arm.class, ByWireName.class)
          .addMixIn(JudgeState.Exclusion.class, ByWireName.class)
          .addMixIn(PersonsWord.Answer.class, ByWireName.class)
          .addMixIn(Rule.class, ById.class)
          .addModule(
              new SimpleModule()
                  .addKeySerializer(SeriesKey.class, new SeriesKeyWriter())
                  .addKeyDeserializer(SeriesKey.class, new SeriesKeyReader()))
          .build();

  /** For what is stored and replaced: fields may come and go from one release to the next. */
  private static final JsonMapper LENIENT =
      MAPPER
          .rebuild()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private CanonicalJson() {}

  private interface ByWireName {
    @JsonValue
    String wireName();
  }

  private interface ById {
    @JsonValue
    String id();
  }

  /** The one text of a record of judge or ledger. */
  public static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of plain values could not be written", e);
    }
  }

  /**
   * Reads a record of judge or ledger back, all of whose fields are known and there.
   *
   * @throws IllegalArgumentException if the text is none of that type
   */
  public static <T> T read(String text, Class<T> type) {
    try {
      return MAPPER.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "no " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Reads what another release may have stored: unknown fields are skipped, missing ones are null.
   *
   * @throws IllegalArgumentException if the text is none of that type
   */
  public static <T> T readStored(byte[] json, Class<T> type) {
    try {
      return LENIENT.readValue(json, type);
    } catch (IOException e) {
      throw new IllegalArgumentException("no " + type.getSimpleName() + ": " + e.getMessage(), e);
    }
  }

  /** SHA-256 of the canonical text, 64 hex digits. */
  static String hash(Object value) {
    try {
      byte[] bytes = text(value).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** A key of a JSON object; no Go import path holds a bar. */
  private static final class SeriesKeyWriter extends JsonSerializer<SeriesKey> {
    @Override
    public void serialize(SeriesKey key, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeFieldName(
          key.sli().kind().name() + "|" + key.goPackage() + "|" + key.sli().qualifier());
    }
  }

  private static final class SeriesKeyReader extends KeyDeserializer {
    @Override
    public Object deserializeKey(String key, DeserializationContext context) throws IOException {
      String[] parts = key.split("\\|", 3);
      if (parts.length != 3) {
        throw context.weirdKeyException(SeriesKey.class, key, "expected KIND|package|qualifier");
      }
      try {
        return new SeriesKey(parts[1], new Sli(Sli.Kind.valueOf(parts[0]), parts[2]));
      } catch (IllegalArgumentException e) {
        throw context.weirdKeyException(SeriesKey.class, key, String.valueOf(e.getMessage()));
      }
    }
  }
}
