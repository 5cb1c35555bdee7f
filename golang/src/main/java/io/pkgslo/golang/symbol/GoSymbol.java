// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.symbol;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A function symbol of the Go runtime, {@code import/path.(*T).M.func1}, taken apart (reference:
 * go-telemetry.md 4.3).
 *
 * @param packagePath import path, unescaped, without a vendoring prefix, not folded into {@code
 *     std}; {@code main} stays {@code main}
 * @param function what follows the package; type arguments are always {@code [...]}, {@code -fm}
 *     and ABI suffixes are gone
 */
public record GoSymbol(String packagePath, String function) {
  private static final int MAX_LENGTH = 4096;
  private static final String VENDOR = "/vendor/";

  /** Names that no type has. */
  private static final Set<String> FUNCTIONS = Set.of("main", "init", "run");

  public GoSymbol {
    Objects.requireNonNull(packagePath, "packagePath");
    Objects.requireNonNull(function, "function");
  }

  /** Null for what is no Go function: {@code panic}, C functions, {@code type:.eq.…}, prose. */
  public static @Nullable GoSymbol parse(String symbol) {
    if (symbol.length() > MAX_LENGTH) {
      return null;
    }
    int bracket = symbol.indexOf('[');
    int end = bracket < 0 ? symbol.length() : bracket;
    int slash = symbol.lastIndexOf('/', end - 1);
    int dot = symbol.indexOf('.', slash + 1);
    if (dot <= slash + 1 || dot >= end - 1) {
      return null;
    }
    String escaped = symbol.substring(0, dot);
    if (escaped.length() > GoPackage.MAX_LENGTH || !GoPackage.isPlausible(escaped)) {
      return null;
    }
    String path = withoutVendor(PercentCode.decode(escaped));
    String function = withoutTypeArguments(symbol, dot + 1);
    return path.isEmpty() || path.startsWith("/") || !isFunction(function)
        ? null
        : new GoSymbol(path, withoutSuffixes(function));
  }

  /** The package as it is counted. */
  public GoPackage goPackage() {
    return new GoPackage(packagePath);
  }

  public boolean isMain() {
    return packagePath.equals("main");
  }

  /**
   * True for code that belongs to a package's initialisation: {@code init}, {@code init.0}, {@code
   * map.init.0}, and closures made there ({@code init.0.func1}, {@code glob..func1}). Such a
   * closure may run at any later time; {@link #isInitialiser} is the proof of a running init.
   */
  public boolean isInit() {
    return isInitialiser() || function.startsWith("init.") || function.startsWith("glob..");
  }

  /** True for functions that only the runtime calls, while it initialises the package. */
  public boolean isInitialiser() {
    String name = withoutRange(function);
    return name.equals("init")
        || name.equals("init.ializers")
        || isNumbered(name, "init.")
        || isNumbered(name, "map.init.");
  }

  /** True for function literals and for the wrappers the compiler makes of go and defer. */
  public boolean isClosure() {
    List<String> elements = elements();
    for (int i = 1; i < elements.size(); i++) {
      if (isClosureElement(elements.get(i))) {
        return true;
      }
    }
    return function.contains("-range") || function.contains("·dwrap·");
  }

  /**
   * True when the name may be that of a closure of another package's function, inlined here: from
   * Go 1.21 to 1.26 {@code B.Foo.func1} inlined into {@code A.Caller} is named {@code
   * A.Caller.Foo.func1}. It takes two names before the closure, three after a receiver. Inlined
   * into a closure of the caller it is named {@code A.Caller.func1.Foo.2}: a name behind a closure.
   */
  public boolean mayBeInlinedClosure() {
    if (!isClosure()) {
      return false;
    }
    List<String> elements = elements();
    int names = 0;
    while (names < elements.size() && !isClosureElement(elements.get(names))) {
      names++;
    }
    return names >= (function.startsWith("(") ? 3 : 2)
        || elements.stream().skip(names).anyMatch(element -> !isWithinClosure(element));
  }

  /**
   * True for a closure whose name begins as that of an exported function, or of a method of an
   * exported type, inlined into a function: nothing else of another package can be called. A method
   * {@code T.M} with a closure of its own looks the same where the function's name does not tell
   * that it is one.
   */
  public boolean mayInlineExported() {
    if (!isClosure()) {
      return false;
    }
    List<String> elements = elements();
    int callee = function.startsWith("(") ? 2 : 1;
    boolean plainFunction = FUNCTIONS.contains(elements.get(0));
    while (callee < elements.size() && isWithinClosure(elements.get(callee))) {
      callee++;
      plainFunction = true; // a closure is inlined into as a function is
    }
    int names = 0;
    while (callee + names < elements.size() && !isWithinClosure(elements.get(callee + names))) {
      names++;
    }
    boolean certain = plainFunction || callee > 1 || names > 1;
    return certain && names > 0 && isExported(elements.get(callee));
  }

  /** An element of a name: a function, a type, or a pointer's type in parentheses. */
  private static boolean isExported(String element) {
    int first = element.startsWith("(*") ? 2 : 0;
    return first < element.length() && Character.isUpperCase(element.charAt(first));
  }

  /** True for what the compiler names itself: closures, and those in closures by number alone. */
  private static boolean isWithinClosure(String element) {
    return element.isEmpty() || isDigit(element.charAt(0)) || isClosureElement(element);
  }

  /** The function's parts between dots; a receiver in parentheses is one part. */
  private List<String> elements() {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < function.length(); i++) {
      char c = function.charAt(i);
      if (c == '(' || c == '[') {
        depth++;
      } else if (c == ')' || c == ']') {
        depth--;
      } else if (c == '.' && depth <= 0) {
        parts.add(function.substring(from, i));
        from = i + 1;
      }
    }
    parts.add(function.substring(from));
    return parts;
  }

  private static boolean isClosureElement(String element) {
    return startsNumbered(element, "func")
        || startsNumbered(element, "gowrap")
        || startsNumbered(element, "deferwrap");
  }

  private static boolean startsNumbered(String text, String prefix) {
    return text.startsWith(prefix)
        && text.length() > prefix.length()
        && isDigit(text.charAt(prefix.length()));
  }

  private static boolean isNumbered(String text, String prefix) {
    if (!startsNumbered(text, prefix)) {
      return false;
    }
    return text.substring(prefix.length()).chars().allMatch(c -> isDigit((char) c));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static String withoutRange(String function) {
    int range = function.indexOf("-range");
    return range < 0 ? function : function.substring(0, range);
  }

  private static String withoutVendor(String path) {
    int vendor = path.lastIndexOf(VENDOR);
    return vendor < 0 ? path : path.substring(vendor + VENDOR.length());
  }

  private static String withoutTypeArguments(String symbol, int from) {
    StringBuilder out = new StringBuilder(symbol.length() - from);
    int depth = 0;
    for (int i = from; i < symbol.length(); i++) {
      char c = symbol.charAt(i);
      if (c == '[') {
        if (depth++ == 0) {
          out.append("[...]");
        }
      } else if (c == ']') {
        depth--;
      } else if (depth <= 0) {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static String withoutSuffixes(String function) {
    String name = function;
    for (String suffix : List.of(".abi0", ".abiinternal", "-fm")) {
      if (name.endsWith(suffix) && name.length() > suffix.length()) {
        name = name.substring(0, name.length() - suffix.length());
      }
    }
    return name;
  }

  private static boolean isFunction(String function) {
    if (function.isEmpty()) {
      return false; // a stray closing bracket was all there was
    }
    char first = function.charAt(0);
    if (!Character.isLetter(first) && first != '_' && first != '(') {
      return false;
    }
    int depth = 0;
    for (int i = 0; i < function.length(); i++) {
      char c = function.charAt(i);
      if (!Character.isLetterOrDigit(c) && "_.()*-·[]".indexOf(c) < 0) {
        return false;
      }
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    }
    return depth == 0;
  }
}
