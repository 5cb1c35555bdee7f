// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of looks row by row: CSV with a header, or one JSON object per line; the first
 * character decides. Strict: what is not understood is an error, since a misread column would be a
 * wrong verdict. Single-threaded.
 */
final class LookReader {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final BufferedReader in;
  private long line;
  private @Nullable List<String> header;
  private boolean isJson;

  LookReader(Reader in) {
    this.in = new BufferedReader(in);
  }

  /** The next row; absent at the end. */
  @Nullable LookRow next() throws IOException, LookFileException {
    String text = nextLine();
    if (text == null) {
      return null;
    }
    if (header == null && (isJson || text.startsWith("{"))) {
      isJson = true;
      return json(text);
    }
    if (header == null) {
      header = header(text);
      text = nextLine();
      if (text == null) {
        return null;
      }
    }
    return csv(text, header);
  }

  private @Nullable String nextLine() throws IOException {
    String text = in.readLine();
    line++;
    if (line == 1 && text != null && text.startsWith("\uFEFF")) {
      text = text.substring(1);
    }
    while (text != null && text.isBlank()) {
      text = in.readLine();
      line++;
    }
    return text == null ? null : text.strip();
  }

  private List<String> header(String text) throws LookFileException {
    List<String> names = new ArrayList<>();
    for (String cell : split(text)) {
      String name = cell.strip();
      requireKnown(name, "column");
      if (names.contains(name)) {
        throw new LookFileException(line, "column \"" + name + "\" stands twice");
      }
      names.add(name);
    }
    requireAll(new HashSet<>(names), "column");
    return names;
  }

  private LookRow csv(String text, List<String> names) throws LookFileException {
    List<String> cells = split(text);
    if (cells.size() != names.size()) {
      throw new LookFileException(
          line, cells.size() + " fields, expected " + names.size() + " as in the header");
    }
    Map<String, String> fields = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      fields.put(names.get(i), cells.get(i));
    }
    return LookRow.of(line, fields);
  }

  /** Splits at commas outside of double quotes; two double quotes within are one (RFC 4180). */
  private List<String> split(String text) throws LookFileException {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    if (quoted) {
      throw new LookFileException(line, "a double quote is not closed");
    }
    cells.add(cell.toString());
    return cells;
  }

  private LookRow json(String text) throws LookFileException {
    JsonNode node;
    try {
      node = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new LookFileException(line, "not a JSON object: " + e.getOriginalMessage());
    }
    if (!node.isObject()) {
      throw new LookFileException(line, "found " + node.getNodeType() + ", expected an object");
    }
    Map<String, String> fields = new HashMap<>();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String name = field.getKey();
      requireKnown(name, "key");
      fields.put(name, text(name, field.getValue()));
    }
    requireAll(fields.keySet(), "key");
    return LookRow.of(line, fields);
  }

  private String text(String name, JsonNode value) throws LookFileException {
    boolean isName = name.equals("package") || name.equals("sli") || name.equals("rollout");
    boolean fits = isName ? value.isTextual() || value.isIntegralNumber() : value.isNumber();
    if (!fits) {
      throw new LookFileException(
          line, name + " is " + value + ", expected a " + (isName ? "string" : "number"));
    }
    return value.asText();
  }

  private void requireKnown(String name, String what) throws LookFileException {
    if (!LookRow.REQUIRED.contains(name) && !LookRow.OPTIONAL.contains(name)) {
      throw new LookFileException(
          line, "unknown " + what + " \"" + name + "\", expected " + LookRow.FORMAT);
    }
  }

  private void requireAll(Set<String> names, String what) throws LookFileException {
    for (String name : LookRow.REQUIRED) {
      if (!names.contains(name)) {
        throw new LookFileException(
            line, what + " \"" + name + "\" is missing, expected " + LookRow.FORMAT);
      }
    }
  }
}
