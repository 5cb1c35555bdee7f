// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads YAML files as trees that know their places. Nothing is constructed from tags, and size,
 * depth and aliases are limited, so that no file costs more than some hundred megabytes.
 */
public final class YamlFiles {
  public static final int MOST_BYTES_PER_FILE = 1 << 20;
  public static final int MOST_BYTES = 4 << 20;
  public static final int MOST_DEPTH = 40;
  public static final int MOST_ALIASES = 1_000;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Problems problems;
  private int bytesLeft = MOST_BYTES;

  public YamlFiles(Problems problems) {
    this.problems = problems;
  }

  /** The documents of a file, those before the first syntax error where there is one. */
  public List<Node> documents(Path file) {
    List<Node> documents = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES_PER_FILE + 1);
      bytesLeft -= bytes.length;
      if (bytes.length > MOST_BYTES_PER_FILE) {
        wholeFile(file, "more than 1 MiB, expected smaller files");
      } else if (bytesLeft < 0) {
        wholeFile(file, "more than 4 MiB together with the files before, expected less");
      } else {
        compose(file, text(bytes), documents, MOST_BYTES_PER_FILE);
      }
    } catch (CharacterCodingException e) {
      wholeFile(file, "not text in UTF-8, expected YAML in UTF-8");
    } catch (IOException e) {
      wholeFile(file, "cannot be read (" + e + "), expected a readable file");
    }
    return documents;
  }

  /** The documents of a text that no stranger wrote: its size is limited by what it was made of. */
  public List<Node> documents(Path name, String text) {
    List<Node> documents = new ArrayList<>();
    compose(name, text, documents, text.length());
    return documents;
  }

  private void wholeFile(Path file, String message) {
    problems.error(file.toString(), 1, 1, message);
  }

  private static String text(byte[] bytes) throws CharacterCodingException {
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  private void compose(Path file, String text, List<Node> documents, int mostCodePoints) {
    LoaderOptions limits = new LoaderOptions();
    limits.setCodePointLimit(mostCodePoints);
    limits.setNestingDepthLimit(MOST_DEPTH);
    limits.setMaxAliasesForCollections(MOST_ALIASES);
    StreamReader reader = new StreamReader(text);
    try {
      Composer composer = new Composer(new ParserImpl(reader, limits), new Resolver(), limits);
      while (composer.checkNode()) {
        documents.add(composer.getNode());
      }
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() == null ? reader.getMark() : e.getProblemMark();
      syntaxError(file, mark.getLine(), mark.getColumn(), e.getProblem());
    } catch (ReaderException e) {
      int line = (int) text.codePoints().limit(e.getPosition()).filter(c -> c == '\n').count();
      String character = String.format("U+%04X", e.getCodePoint());
      syntaxError(file, line, 0, character + " is not allowed in YAML");
    } catch (YAMLException e) {
      // Limits come without a place; the reader has just got there.
      syntaxError(file, reader.getLine(), reader.getColumn(), e.getMessage());
    }
  }

  private void syntaxError(Path file, int line, int column, @Nullable String cause) {
    String message = (cause == null ? "not YAML" : cause.strip()) + ", expected valid YAML";
    problems.error(file.toString(), line + 1, column + 1, message);
  }
}
