// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.pkgslo.standalone.otlp.OtlpRejection.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes record values of a request's body: checks its outermost level, and parts it by resource
 * where it is too large for one record. What is inside a resource is not looked at.
 */
final class OtlpSplitter {
  /** What the Collector's exporter also keeps to, before compression. */
  static final int MAX_RECORD_BYTES = 1_000_000;

  /** The one field of an export request, length-delimited. */
  private static final int RESOURCE_TAG = WireFormat.FieldType.MESSAGE.getWireType() | (1 << 3);

  private static final JsonFactory JSON = new JsonFactory();

  private final int maxRecordBytes;

  /**
   * @param maxRecordBytes largest value of one record
   */
  OtlpSplitter(int maxRecordBytes) {
    this.maxRecordBytes = maxRecordBytes;
  }

  /**
   * The values to write, in order; none for an empty request.
   *
   * @throws OtlpRejection if the body is not an export request, or one resource is too large
   */
  List<byte[]> split(OtlpSignal signal, PayloadEncoding encoding, byte[] body)
      throws OtlpRejection {
    try {
      return switch (encoding) {
        case PROTOBUF -> splitProtobuf(body);
        case JSON -> splitJson(signal, body);
      };
    } catch (IOException e) {
      throw new OtlpRejection(
          Reason.MALFORMED,
          switch (encoding) {
            case PROTOBUF -> "the body is not an OTLP export request in protobuf";
            case JSON -> "the body is not an OTLP export request in JSON";
          });
    }
  }

  private List<byte[]> splitProtobuf(byte[] body) throws IOException, OtlpRejection {
    List<Slice> resources = new ArrayList<>();
    CodedInputStream in = CodedInputStream.newInstance(body);
    while (!in.isAtEnd()) {
      int start = in.getTotalBytesRead();
      int tag = in.readTag();
      if (tag != RESOURCE_TAG) {
        throw new IOException("tag " + tag);
      }
      in.skipField(tag);
      resources.add(new Slice(start, in.getTotalBytesRead()));
    }
    if (body.length <= maxRecordBytes) {
      return resources.isEmpty() ? List.of() : List.of(body);
    }
    List<byte[]> values = new ArrayList<>();
    int start = 0;
    int end = 0;
    for (Slice resource : resources) {
      checkSize(resource.end() - resource.start());
      // Resources lie side by side, so a run of them is one slice of the body.
      if (resource.end() - start > maxRecordBytes) {
        values.add(Arrays.copyOfRange(body, start, end));
        start = resource.start();
      }
      end = resource.end();
    }
    values.add(Arrays.copyOfRange(body, start, end));
    return values;
  }

  private List<byte[]> splitJson(OtlpSignal signal, byte[] body) throws IOException, OtlpRejection {
    byte[] trimmed = trimmed(body);
    List<Slice> resources = resources(signal, trimmed);
    if (trimmed.length <= maxRecordBytes) {
      // "{" tells readers of the topic that this is JSON: nothing may stand before it.
      return resources.isEmpty() ? List.of() : List.of(trimmed);
    }
    byte[] head = ("{\"" + signal.resources() + "\":[").getBytes(StandardCharsets.UTF_8);
    List<byte[]> values = new ArrayList<>();
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    for (Slice resource : resources) {
      int length = resource.end() - resource.start();
      checkSize(head.length + length + 2);
      if (value.size() + length + 3 > maxRecordBytes) {
        values.add(closed(value));
      }
      if (value.size() == 0) {
        value.writeBytes(head);
      } else {
        value.write(',');
      }
      value.write(trimmed, resource.start(), length);
    }
    if (value.size() > 0) {
      values.add(closed(value));
    }
    return values;
  }

  private static byte[] closed(ByteArrayOutputStream value) {
    value.write(']');
    value.write('}');
    byte[] bytes = value.toByteArray();
    value.reset();
    return bytes;
  }

  /** Where the resources stand; reading on to the end also proves that all of it is JSON. */
  private static List<Slice> resources(OtlpSignal signal, byte[] body) throws IOException {
    List<Slice> resources = new ArrayList<>();
    try (JsonParser in = JSON.createParser(body)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("no object");
      }
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = in.currentName().equals(signal.resources());
        if (in.nextToken() == JsonToken.START_ARRAY && wanted) {
          while (in.nextToken() == JsonToken.START_OBJECT) {
            int start = (int) in.currentTokenLocation().getByteOffset();
            in.skipChildren();
            resources.add(new Slice(start, (int) in.currentLocation().getByteOffset()));
          }
          if (in.currentToken() != JsonToken.END_ARRAY) {
            throw new IOException("a resource that is no object");
          }
        } else {
          in.skipChildren();
        }
      }
      if (in.nextToken() != null) {
        throw new IOException("goes on after the object");
      }
    }
    return resources;
  }

  private static byte[] trimmed(byte[] body) throws IOException {
    int start = 0;
    while (start < body.length && body[start] <= ' ' && body[start] >= 0) {
      start++;
    }
    if (start == body.length || body[start] != '{') {
      throw new IOException("no object");
    }
    return start == 0 ? body : Arrays.copyOfRange(body, start, body.length);
  }

  private void checkSize(int bytes) throws OtlpRejection {
    if (bytes > maxRecordBytes) {
      throw new OtlpRejection(
          Reason.TOO_LARGE,
          "one resource takes "
              + bytes
              + " bytes, the limit is "
              + maxRecordBytes
              + "; export smaller batches (OTEL_BSP_MAX_EXPORT_BATCH_SIZE,"
              + " OTEL_BLRP_MAX_EXPORT_BATCH_SIZE)");
    }
  }

  /** Bytes from {@code start} to {@code end}, exclusive. */
  private record Slice(int start, int end) {}
}
