// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.ingest.decode.AnyValueView;
import io.pkgslo.ingest.decode.AttributesView;
import io.pkgslo.ingest.decode.Slice;
import io.pkgslo.ingest.decode.ValueKind;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Attribute values as senders mean them: numbers also where they were written as text. */
final class Values {
  private static final int MAX_NUMBER_LENGTH = 40;

  private Values() {}

  /** The value as text; empty when absent or empty. */
  static String text(AttributesView attributes, Key key) {
    AnyValueView value = attributes.get(key.id());
    if (value == null) {
      return "";
    }
    return switch (value.kind()) {
      case EMPTY, BYTES -> "";
      case STRING -> value.text().toString();
      case BOOL, INT, DOUBLE, ARRAY, KVLIST -> value.toString();
    };
  }

  /** The text of the first of these keys that has one, else null; valid until the callback ends. */
  static @Nullable Slice firstText(AttributesView attributes, Key first, Key second) {
    Slice text = attributes.text(first.id());
    return text != null && !text.isEmpty() ? text : attributes.text(second.id());
  }

  /** As {@link Slice#toString()}; null stays null. */
  static @Nullable String string(@Nullable Slice slice) {
    return slice == null ? null : slice.toString();
  }

  /** A number, also one written as text; empty when absent or no number. */
  static OptionalDouble number(AttributesView attributes, Key key) {
    AnyValueView value = attributes.get(key.id());
    if (value == null) {
      return OptionalDouble.empty();
    }
    return switch (value.kind()) {
      case INT -> OptionalDouble.of((double) value.longValue());
      case DOUBLE -> OptionalDouble.of(value.doubleValue());
      case STRING -> parse(value.text());
      case EMPTY, BOOL, ARRAY, KVLIST, BYTES -> OptionalDouble.empty();
    };
  }

  /** As {@link #number}, without an object for the usual case of an integer. */
  static double numberOr(AttributesView attributes, Key key, double otherwise) {
    AnyValueView value = attributes.get(key.id());
    if (value == null) {
      return otherwise;
    }
    return value.kind() == ValueKind.INT
        ? (double) value.longValue()
        : number(attributes, key).orElse(otherwise);
  }

  /** A whole number, also one written as text; empty when absent or no whole number. */
  static OptionalLong wholeNumber(AttributesView attributes, Key key) {
    OptionalDouble number = number(attributes, key);
    if (number.isEmpty() || number.getAsDouble() != Math.rint(number.getAsDouble())) {
      return OptionalLong.empty();
    }
    return OptionalLong.of((long) number.getAsDouble());
  }

  private static OptionalDouble parse(Slice text) {
    if (text.isEmpty() || text.length() > MAX_NUMBER_LENGTH) {
      return OptionalDouble.empty();
    }
    try {
      return OptionalDouble.of(Double.parseDouble(text.toString()));
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
