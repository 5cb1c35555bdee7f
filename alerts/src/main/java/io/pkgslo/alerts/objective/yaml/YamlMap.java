// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.yaml;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping of a closed set of keys. Whatever does not fit is reported where it stands, and read as
 * absent, so that one pass finds everything.
 */
public final class YamlMap {
  /** No sign and no exponent: 1e-999999999 is short to write and gigabytes to subtract. */
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,12})?");

  /** Name of a whole document; paths in messages begin below it. */
  public static final String ROOT = "the document";

  private static final int LONGEST_QUOTE = 60;

  private final MappingNode node;
  private final String name;
  private final FileProblems problems;
  private final Map<String, Node> values = new LinkedHashMap<>();

  private YamlMap(MappingNode node, String name, FileProblems problems) {
    this.node = node;
    this.name = name;
    this.problems = problems;
  }

  /**
   * A mapping that may have {@code keys} and no others; null when {@code node} is none.
   *
   * @param name what it is called in messages
   */
  public static @Nullable YamlMap of(
      Node node, String name, FileProblems problems, String... keys) {
    YamlMap map = open(node, name, problems);
    if (map != null) {
      map.refuseOthers(List.of(keys));
    }
    return map;
  }

  /** A mapping whose keys its author chooses. */
  public static @Nullable YamlMap open(Node node, String name, FileProblems problems) {
    if (node instanceof MappingNode && !node.getTag().equals(Tag.MAP)) {
      problems.error(node, name + " is a mapping with a tag, expected a plain mapping");
      return null;
    }
    if (!(node instanceof MappingNode mapping)) {
      problems.error(node, name + " is " + describe(node) + ", expected a mapping");
      return null;
    }
    YamlMap map = new YamlMap(mapping, name, problems);
    map.readKeys();
    return map;
  }

  /** A mapping of one entry, for a value that stands in a list. */
  public static YamlMap single(String key, Node value, FileProblems problems) {
    MappingNode node =
        new MappingNode(
            Tag.MAP,
            true,
            List.of(),
            value.getStartMark(),
            value.getEndMark(),
            DumperOptions.FlowStyle.BLOCK);
    YamlMap map = new YamlMap(node, key, problems);
    map.values.put(key, value);
    return map;
  }

  private void readKeys() {
    for (NodeTuple entry : node.getValue()) {
      Node key = entry.getKeyNode();
      if (!(key instanceof ScalarNode scalar)) {
        problems.error(key, name + " has " + describe(key) + " as a key, expected text");
      } else if (values.putIfAbsent(scalar.getValue(), entry.getValueNode()) != null) {
        problems.error(
            key, name + " has the key " + quote(scalar.getValue()) + " twice, expected it once");
      }
    }
  }

  private void refuseOthers(List<String> keys) {
    for (NodeTuple entry : node.getValue()) {
      if (entry.getKeyNode() instanceof ScalarNode key && !keys.contains(key.getValue())) {
        problems.error(
            key,
            "unknown key "
                + quote(key.getValue())
                + " in "
                + name
                + ", expected "
                + (keys.size() == 1 ? "" : "one of ")
                + String.join(", ", new TreeSet<>(keys)));
        values.remove(key.getValue());
      }
    }
  }

  public Node node() {
    return node;
  }

  public FileProblems problems() {
    return problems;
  }

  /** All entries, in the order of the file. */
  public Map<String, Node> values() {
    return values;
  }

  public boolean has(String key) {
    return values.containsKey(key);
  }

  /** The value's node; null when absent. */
  public @Nullable Node get(String key) {
    return values.get(key);
  }

  /** The value's node, or the whole mapping when absent: a place to report at. */
  public Node at(String key) {
    return values.getOrDefault(key, node);
  }

  /** Reports at the value of {@code key}, or at the whole mapping when it is absent. */
  public void error(String key, String message) {
    problems.error(at(key), message);
  }

  /** Likewise, for what the author should know though it is valid. */
  public void warning(String key, String message) {
    problems.warning(at(key), message);
  }

  /** Reports what stands at {@code key}, as {@code key is 'x', expected y}. */
  public void unexpected(String key, String expected) {
    error(key, key + " is " + describe(at(key)) + ", expected " + expected);
  }

  /** Reports when {@code key} is absent. */
  public @Nullable Node required(String key, String expected) {
    Node value = values.get(key);
    if (value == null) {
      problems.error(node, name + " has no " + quote(key) + ", expected " + expected);
    }
    return value;
  }

  /** Text that is not blank; null when absent or something else. */
  public @Nullable String text(String key) {
    Node value = values.get(key);
    if (value == null) {
      return null;
    }
    if (isText(key) && value instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    problems.error(value, quote(key) + " is " + describe(value) + ", expected text");
    return null;
  }

  /** Reports when {@code key} is there and neither text nor empty; nobody reads what it says. */
  public void checkProse(String key) {
    Node value = values.get(key);
    if (!(value instanceof ScalarNode scalar) || !scalar.getValue().isBlank()) {
      text(key);
    }
  }

  /** Text that must be there. */
  public @Nullable String requiredText(String key, String expected) {
    return required(key, expected) == null ? null : text(key);
  }

  /** A scalar that must be there, as it is written, whatever YAML takes it for. */
  public @Nullable String scalar(String key, String expected) {
    Node value = required(key, expected);
    if (value == null) {
      return null;
    }
    if (value instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
      return scalar.getValue();
    }
    unexpected(key, expected);
    return null;
  }

  /** A plain decimal; null when absent or something else. */
  public @Nullable BigDecimal number(String key) {
    Node value = values.get(key);
    if (value == null) {
      return null;
    }
    if (value instanceof ScalarNode scalar
        && (scalar.getTag().equals(Tag.INT) || scalar.getTag().equals(Tag.FLOAT))
        && NUMBER.matcher(scalar.getValue()).matches()) {
      return new BigDecimal(scalar.getValue());
    }
    problems.error(
        value,
        quote(key)
            + " is "
            + describe(value)
            + ", expected a number such as 0.999, without sign or exponent and with at most 12"
            + " decimals");
    return null;
  }

  /** A plain decimal that may have a minus sign; null when absent or something else. */
  public @Nullable BigDecimal signedNumber(String key) {
    if (values.get(key) instanceof ScalarNode scalar
        && (scalar.getTag().equals(Tag.INT) || scalar.getTag().equals(Tag.FLOAT))
        && scalar.getValue().startsWith("-")
        && NUMBER.matcher(scalar.getValue().substring(1)).matches()) {
      return new BigDecimal(scalar.getValue());
    }
    return number(key);
  }

  /** True when the value is text that is not blank. */
  public boolean isText(String key) {
    return values.get(key) instanceof ScalarNode scalar
        && scalar.getTag().equals(Tag.STR)
        && !scalar.getValue().isBlank();
  }

  /** True or false; null when absent or something else. */
  public @Nullable Boolean flag(String key) {
    Node value = values.get(key);
    if (value == null) {
      return null;
    }
    if (value instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
      return Pattern.matches("(?i)true|yes|on", scalar.getValue());
    }
    problems.error(value, quote(key) + " is " + describe(value) + ", expected true or false");
    return null;
  }

  /** A mapping of a closed set of keys; null when absent or something else. */
  public @Nullable YamlMap map(String key, String... keys) {
    Node value = values.get(key);
    return value == null ? null : of(value, name(key), problems, keys);
  }

  /** A mapping that must be there. */
  public @Nullable YamlMap requiredMap(String key, String expected, String... keys) {
    return required(key, expected) == null ? null : map(key, keys);
  }

  /** The only element of a list that must be there and have one, as a mapping. */
  public @Nullable YamlMap only(String key, String expected, String... keys) {
    Node value = required(key, "a list of one: " + expected);
    if (value == null) {
      return null;
    }
    if (value instanceof SequenceNode list) {
      if (list.getValue().size() == 1) {
        return of(list.getValue().get(0), name(key) + "[0]", problems, keys);
      }
      problems.error(
          value,
          quote(key) + " has " + list.getValue().size() + " elements, expected one: " + expected);
    } else {
      problems.error(
          value, quote(key) + " is " + describe(value) + ", expected a list of one: " + expected);
    }
    return null;
  }

  /** Elements of a list; empty when absent or something else, which is reported. */
  public List<Node> list(String key, String expected) {
    Node value = values.get(key);
    if (value == null) {
      return List.of();
    }
    if (value instanceof SequenceNode list) {
      return list.getValue();
    }
    unexpected(key, "a list of " + expected);
    return List.of();
  }

  /** Text, or a list of texts; empty when absent or something else, which is reported. */
  public List<String> texts(String key) {
    Node value = values.get(key);
    if (value == null) {
      return List.of();
    }
    List<Node> elements = value instanceof SequenceNode list ? list.getValue() : List.of(value);
    List<String> texts = new ArrayList<>();
    for (Node element : elements) {
      if (element instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
        texts.add(scalar.getValue());
      } else {
        problems.error(
            element, quote(key) + " has " + describe(element) + ", expected text or texts");
      }
    }
    return texts;
  }

  /** How {@code key} is called in messages. */
  public String name(String key) {
    return name.equals(ROOT) ? key : name + "." + key;
  }

  /** What a value is, in words, with its beginning where it is a scalar. */
  public static String describe(Node value) {
    if (value instanceof ScalarNode scalar) {
      return scalar.getValue().isEmpty() ? "empty" : quote(scalar.getValue());
    }
    return value instanceof SequenceNode ? "a list" : "a mapping";
  }

  public static String quote(String text) {
    String shown = text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "..." : text;
    return "'" + shown.replaceAll("\\p{Cntrl}", " ") + "'";
  }
}
