// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import org.jspecify.annotations.Nullable;

/**
 * One field of an OTLP message.
 *
 * @param number its number on the wire
 * @param name its lowerCamelCase name in JSON
 * @param message what a MESSAGE field holds; null for the others
 * @param occurrence how often it may stand, and with what
 */
record MessageField(
    int number, String name, FieldType type, @Nullable MessageType message, Occurrence occurrence) {

  /** How often a field may stand in its message. */
  enum Occurrence {
    SINGLE,
    /** The last member of the message's one oneof that is set counts. */
    ONEOF,
    REPEATED
  }

  static MessageField single(int number, String name, FieldType type) {
    return new MessageField(number, name, type, null, Occurrence.SINGLE);
  }

  static MessageField repeated(int number, String name, FieldType type) {
    return new MessageField(number, name, type, null, Occurrence.REPEATED);
  }

  static MessageField oneof(int number, String name, FieldType type) {
    return new MessageField(number, name, type, null, Occurrence.ONEOF);
  }

  static MessageField single(int number, String name, MessageType message) {
    return new MessageField(number, name, FieldType.MESSAGE, message, Occurrence.SINGLE);
  }

  static MessageField repeated(int number, String name, MessageType message) {
    return new MessageField(number, name, FieldType.MESSAGE, message, Occurrence.REPEATED);
  }

  static MessageField oneof(int number, String name, MessageType message) {
    return new MessageField(number, name, FieldType.MESSAGE, message, Occurrence.ONEOF);
  }

  boolean isRepeated() {
    return occurrence == Occurrence.REPEATED;
  }

  int tag() {
    return (number << WireReader.TYPE_BITS) | type.wireType();
  }
}
