// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites OTLP/JSON as protobuf, so that one parser and one set of views serve both encodings and
 * cannot disagree. Driven by {@link MessageType}; how single values are spelled is {@link
 * JsonValues}'s business. Unknown names (snake_case ones too) are ignored and null means absent, as
 * the OTLP specification says; a value of a wrong type fails the record. Mutable and
 * single-threaded.
 */
final class JsonTranscoder {
  // An array and an object per message, and some room for what is ignored.
  private static final int NESTING_PER_LEVEL = 2;
  private static final int SPARE_NESTING = 16;

  private final int maxDepth;
  private final int maxNesting;
  private final JsonFactory factory;
  private final ProtoWriter out = new ProtoWriter();
  private final JsonValues values = new JsonValues(out);

  JsonTranscoder(DecodeLimits limits) {
    this.maxDepth = limits.maxDepth();
    this.maxNesting = NESTING_PER_LEVEL * maxDepth + SPARE_NESTING;
    this.factory =
        new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(maxNesting)
                    .maxStringLength(limits.maxRecordBytes())
                    .maxNameLength(limits.maxRecordBytes())
                    .build())
            .build();
  }

  /** The message of a JSON document; valid until the next call. */
  ProtoWriter transcode(MessageType root, byte[] array, int offset, int length)
      throws MalformedOtlpException {
    out.reset();
    try (JsonParser json = factory.createParser(array, offset, length)) {
      transcode(root, json);
    } catch (IOException e) {
      // Jackson's own failures are translated where the parser still knows its place.
      throw new IllegalStateException("closing a parser of an array", e);
    }
    return out;
  }

  private void transcode(MessageType root, JsonParser json) throws MalformedOtlpException {
    try {
      expect(json, json.nextToken(), JsonToken.START_OBJECT);
      readRoot(root, json);
      if (json.nextToken() != null) {
        throw malformed(json, "more than one JSON value");
      }
    } catch (IOException e) {
      throw new MalformedOtlpException(failureOf(e, json), positionOf(json), "not JSON");
    }
  }

  private DecodeFailure failureOf(IOException e, JsonParser json) {
    if (e instanceof JsonEOFException) {
      return DecodeFailure.TRUNCATED;
    }
    if (e instanceof StreamConstraintsException) {
      return json.getParsingContext().getNestingDepth() >= maxNesting
          ? DecodeFailure.TOO_DEEP
          : DecodeFailure.TOO_LARGE;
    }
    return DecodeFailure.MALFORMED;
  }

  private void readRoot(MessageType root, JsonParser json)
      throws IOException, MalformedOtlpException {
    boolean known = false;
    boolean unknown = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      MessageField field = root.byName(json.currentName());
      known |= field != null;
      unknown |= field == null;
      readField(field, json, 0);
    }
    if (unknown && !known) {
      throw ForeignFormat.failure(0);
    }
  }

  private void readMessage(MessageType type, JsonParser json, int depth)
      throws IOException, MalformedOtlpException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      readField(type.byName(json.currentName()), json, depth);
    }
  }

  private void readField(@Nullable MessageField field, JsonParser json, int depth)
      throws IOException, MalformedOtlpException {
    JsonToken token = json.nextToken();
    if (field == null) {
      json.skipChildren();
    } else if (token != JsonToken.VALUE_NULL) {
      if (!field.isRepeated()) {
        readValue(field, token, json, depth);
        return;
      }
      expect(json, token, JsonToken.START_ARRAY);
      for (token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
        if (token != JsonToken.VALUE_NULL) {
          readValue(field, token, json, depth);
        }
      }
    }
  }

  private void readValue(MessageField field, JsonToken token, JsonParser json, int depth)
      throws IOException, MalformedOtlpException {
    MessageType nested = field.message();
    if (nested == null) {
      out.varint(field.tag());
      if (!values.write(field.type(), token, json)) {
        throw malformed(json, "no value of type " + field.type());
      }
      return;
    }
    expect(json, token, JsonToken.START_OBJECT);
    if (depth + 1 > maxDepth) {
      throw new MalformedOtlpException(
          DecodeFailure.TOO_DEEP, positionOf(json), "more than " + maxDepth + " levels");
    }
    int mark = out.begin(field.tag());
    readMessage(nested, json, depth + 1);
    out.end(mark);
  }

  private static void expect(JsonParser json, @Nullable JsonToken token, JsonToken wanted)
      throws MalformedOtlpException {
    if (token != wanted) {
      throw malformed(json, "expected " + wanted + ", found " + token);
    }
  }

  private static MalformedOtlpException malformed(JsonParser json, String what) {
    return new MalformedOtlpException(DecodeFailure.MALFORMED, positionOf(json), what);
  }

  private static int positionOf(JsonParser json) {
    return (int) Math.max(0, json.currentLocation().getByteOffset());
  }
}
