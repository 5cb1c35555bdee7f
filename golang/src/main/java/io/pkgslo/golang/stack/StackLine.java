// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.stack;

import io.pkgslo.golang.symbol.GoSymbol;
import io.pkgslo.golang.symbol.SourceFile;
import org.jspecify.annotations.Nullable;

/**
 * What one line of a stack is, told from the line alone: transports remove tabs and empty lines, so
 * neither is relied on (reference: go-telemetry.md 2.2, 2.3, 2.7). Hand-written scanners, each
 * linear in the line.
 *
 * @param text the function symbol, the file, or the goroutine's state
 * @param number the source line or the goroutine's number, 0 for others
 */
public record StackLine(Kind kind, String text, long number) {
  /** Kinds of lines. */
  public enum Kind {
    EMPTY,
    /** {@code goroutine 18 [running]:} in all versions. */
    GOROUTINE,
    /** {@code runtime stack:}, {@code [originating from goroutine 5]:}. */
    SYSTEM_STACK,
    CREATED_BY,
    /** {@code pkg.Fn(args)}, or its truncated start. */
    CALL,
    /** {@code pkg.Fn} alone, as zap prints frames; a frame only if a file line follows. */
    BARE_CALL,
    /** {@code /dir/x.go:12 +0x25}. */
    FILE,
    /** {@code /dir/x.go:12 (0x4d57a7)}; gin's next line names the function. */
    GIN_FILE,
    /** {@code ...204 frames elided...} and stacks that were not available. */
    NO_FRAME,
    OTHER
  }

  private static final int MAX_LENGTH = 16 * 1024;
  private static final StackLine EMPTY = new StackLine(Kind.EMPTY, "", 0);
  private static final StackLine OTHER = new StackLine(Kind.OTHER, "", 0);
  private static final StackLine NO_FRAME = new StackLine(Kind.NO_FRAME, "", 0);

  /** Classifies a line; leading and trailing white space do not matter. */
  public static StackLine of(String rawLine) {
    String line = rawLine.strip();
    if (line.isEmpty()) {
      return EMPTY;
    }
    if (line.length() > MAX_LENGTH) {
      return OTHER;
    }
    if (line.startsWith("-> ")) {
      line = line.substring(3).strip(); // chi marks the first frame
    }
    if (line.startsWith("goroutine ")) {
      return header(line);
    }
    if (line.startsWith("created by ")) {
      return createdBy(line.substring("created by ".length()));
    }
    if (line.equals("runtime stack:") || line.startsWith("[originating from goroutine ")) {
      return new StackLine(Kind.SYSTEM_STACK, line, 0);
    }
    if (line.startsWith("...") && line.endsWith("elided...")) {
      return NO_FRAME;
    }
    char last = line.charAt(line.length() - 1);
    if (last == ')') {
      StackLine gin = ginFile(line);
      return gin != null ? gin : call(line);
    }
    StackLine file = file(line);
    if (file != null) {
      return file;
    }
    return line.indexOf('(') >= 0 ? truncatedOrBare(line) : bare(line);
  }

  private static StackLine header(String line) {
    int i = "goroutine ".length();
    long id = 0;
    int digits = i;
    while (i < line.length() && isDigit(line.charAt(i)) && i - digits < 18) {
      id = id * 10 + (line.charAt(i++) - '0');
    }
    if (line.startsWith("goroutine running on other thread")) {
      return NO_FRAME;
    }
    int open = line.indexOf(" [", digits);
    boolean plain = open == i;
    boolean withPointer = line.startsWith(" gp=0x", i) && open > i;
    if (i == digits || (!plain && !withPointer) || !line.endsWith(":")) {
      return OTHER;
    }
    String tail = line.substring(open + 2, line.length() - 1);
    boolean closed = tail.endsWith("]") || (tail.endsWith("}") && tail.contains("] {"));
    if (!closed) {
      return OTHER;
    }
    return new StackLine(Kind.GOROUTINE, state(tail), id);
  }

  private static String state(String tail) {
    int end = 0;
    while (end < tail.length() && tail.charAt(end) != ',' && tail.charAt(end) != ']') {
      end++;
    }
    return tail.substring(0, end);
  }

  private static StackLine createdBy(String rest) {
    int in = rest.lastIndexOf(" in goroutine ");
    String symbol = (in < 0 ? rest : rest.substring(0, in)).strip();
    return GoSymbol.parse(symbol) == null ? OTHER : new StackLine(Kind.CREATED_BY, symbol, 0);
  }

  private static StackLine call(String line) {
    int open = line.lastIndexOf('(');
    if (open <= 0 || !areArguments(line, open + 1, line.length() - 1)) {
      return OTHER;
    }
    String symbol = line.substring(0, open);
    boolean known = symbol.equals("panic") || GoSymbol.parse(symbol) != null;
    return known || isCIdentifier(symbol) ? new StackLine(Kind.CALL, symbol, 0) : OTHER;
  }

  /** A call cut off by a buffer's end, or a symbol with a receiver and no argument list. */
  private static StackLine truncatedOrBare(String line) {
    int open = line.lastIndexOf('(');
    String symbol = line.substring(0, open);
    if (open > 0 && areArguments(line, open + 1, line.length()) && GoSymbol.parse(symbol) != null) {
      return new StackLine(Kind.CALL, symbol, 0);
    }
    return bare(line);
  }

  private static StackLine bare(String line) {
    GoSymbol symbol = GoSymbol.parse(line);
    return symbol == null ? OTHER : new StackLine(Kind.BARE_CALL, line, 0);
  }

  /** Arguments are hexadecimal words, {@code ?}, {@code _}, {@code ...} and nested braces. */
  private static boolean areArguments(String line, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = line.charAt(i);
      boolean hex = isDigit(c) || (c >= 'a' && c <= 'f') || c == 'x';
      if (!hex && "?_.{}, ".indexOf(c) < 0 && c != '…') {
        return false;
      }
    }
    return true;
  }

  private static boolean isCIdentifier(String symbol) {
    for (int i = 0; i < symbol.length(); i++) {
      char c = symbol.charAt(i);
      if (c >= 0x80 || (!Character.isLetterOrDigit(c) && c != '_')) {
        return false;
      }
    }
    return symbol.startsWith("_");
  }

  private static @Nullable StackLine ginFile(String line) {
    int open = line.lastIndexOf(" (0x");
    return open <= 0 ? null : position(line.substring(0, open), Kind.GIN_FILE, true);
  }

  private static @Nullable StackLine file(String line) {
    int end = line.length();
    for (String suffix : new String[] {" fp=0x", " sp=0x", " pc=0x"}) {
      int at = line.lastIndexOf(suffix, end);
      end = at > 0 ? Math.min(end, at) : end;
    }
    int offset = line.lastIndexOf(" +0x", end);
    boolean hasOffset = offset > 0 && isHex(line, offset + 4, end);
    boolean marked = hasOffset || end < line.length();
    if (hasOffset) {
      end = offset;
    }
    return position(line.substring(0, end), Kind.FILE, marked);
  }

  /** {@code path:line}; a blank in the path needs a proof that this is a stack's line. */
  private static @Nullable StackLine position(String text, Kind kind, boolean marked) {
    int colon = text.lastIndexOf(':');
    int digits = text.length() - colon - 1;
    if (colon <= 0 || digits < 1 || digits > 9) {
      return null;
    }
    long number = 0;
    for (int i = colon + 1; i < text.length(); i++) {
      if (!isDigit(text.charAt(i))) {
        return null;
      }
      number = number * 10 + (text.charAt(i) - '0');
    }
    String path = text.substring(0, colon);
    boolean rooted = path.startsWith("/") || path.startsWith(":\\", 1) || path.startsWith(":/", 1);
    boolean known =
        SourceFile.isSource(path) || path.equals("<autogenerated>") || path.equals("??");
    boolean blank = path.indexOf(' ') >= 0 && !rooted && !marked;
    return known && !blank ? new StackLine(kind, path, number) : null;
  }

  private static boolean isHex(String text, int from, int to) {
    if (from >= to) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (Character.digit(text.charAt(i), 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
