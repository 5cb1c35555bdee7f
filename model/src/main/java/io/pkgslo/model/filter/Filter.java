// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.model.filter;

import io.pkgslo.model.Glob;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A condition on the attributes of an item (docs/objectives.md, Filters). An absent value is unlike
 * every other: of comparisons it satisfies the negative ones alone. Immutable.
 */
public sealed interface Filter {
  /** Whether an item satisfies it. */
  boolean test(Values values);

  /** Shows every path that it asks for. */
  void paths(Consumer<Path> visitor);

  /**
   * Reads a filter; an empty text is one that takes every item.
   *
   * @throws FilterException when it is none; the message says what was found and expected
   */
  static Filter parse(String text) throws FilterException {
    return text.isBlank() ? new All(List.of()) : new FilterParser(text).whole();
  }

  /** The fields that it asks for, which not every signal has. */
  default Set<Path.Field> fields() {
    Set<Path.Field> fields = new TreeSet<>();
    paths(
        path -> {
          if (path.scope() == Path.Scope.FIELD) {
            fields.add(path.field());
          }
        });
    return fields;
  }

  /** {@code and}. */
  record All(List<Filter> parts) implements Filter {
    public All {
      parts = List.copyOf(parts);
    }

    @Override
    public boolean test(Values values) {
      for (Filter part : parts) {
        if (!part.test(values)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public void paths(Consumer<Path> visitor) {
      parts.forEach(part -> part.paths(visitor));
    }
  }

  /** {@code or}. */
  record Any(List<Filter> parts) implements Filter {
    public Any {
      parts = List.copyOf(parts);
    }

    @Override
    public boolean test(Values values) {
      for (Filter part : parts) {
        if (part.test(values)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public void paths(Consumer<Path> visitor) {
      parts.forEach(part -> part.paths(visitor));
    }
  }

  /** {@code not}. */
  record Not(Filter part) implements Filter {
    @Override
    public boolean test(Values values) {
      return !part.test(values);
    }

    @Override
    public void paths(Consumer<Path> visitor) {
      part.paths(visitor);
    }
  }

  /** Whether there is a value. */
  record Present(Path path) implements Filter {
    @Override
    public boolean test(Values values) {
      return values.of(path) != null;
    }

    @Override
    public void paths(Consumer<Path> visitor) {
      visitor.accept(path);
    }
  }

  /** Whether the value is one of a list. */
  record In(Path path, List<Literal> literals) implements Filter {
    public In {
      literals = List.copyOf(literals);
    }

    @Override
    public boolean test(Values values) {
      String value = values.of(path);
      if (value == null) {
        return false;
      }
      for (Literal literal : literals) {
        if (literal.equalTo(value)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public void paths(Consumer<Path> visitor) {
      visitor.accept(path);
    }
  }

  /** Whether the whole value has a form. */
  record Like(Path path, Glob glob) implements Filter {
    @Override
    public boolean test(Values values) {
      String value = values.of(path);
      return value != null && glob.matches(value);
    }

    @Override
    public void paths(Consumer<Path> visitor) {
      visitor.accept(path);
    }
  }

  /** Whether the value is a number in an interval that ends or begins at a limit. */
  record Compare(Path path, Order order, double limit) implements Filter {
    /** How the value stands to the limit. */
    public enum Order {
      LESS,
      AT_MOST,
      GREATER,
      AT_LEAST
    }

    @Override
    public boolean test(Values values) {
      String value = values.of(path);
      if (value == null) {
        return false;
      }
      // Every comparison with what is no number is false.
      double number = Literal.numberOf(value);
      return switch (order) {
        case LESS -> number < limit;
        case AT_MOST -> number <= limit;
        case GREATER -> number > limit;
        case AT_LEAST -> number >= limit;
      };
    }

    @Override
    public void paths(Consumer<Path> visitor) {
      visitor.accept(path);
    }
  }
}
