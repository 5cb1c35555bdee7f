// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang;

import io.pkgslo.golang.attribute.ExceptionType;
import io.pkgslo.golang.attribute.LogPackage;
import io.pkgslo.golang.attribute.ScopeName;
import io.pkgslo.golang.crash.CrashAutomaton;
import io.pkgslo.golang.crash.GoEvent;
import io.pkgslo.golang.crash.GoPanic;
import io.pkgslo.golang.crash.PanicText;
import io.pkgslo.golang.log.JsonFields;
import io.pkgslo.golang.log.LogWrapper;
import io.pkgslo.golang.stack.BlamePolicy;
import io.pkgslo.golang.stack.FramePackages;
import io.pkgslo.golang.stack.MainResolver;
import io.pkgslo.golang.stack.StackParser;
import io.pkgslo.golang.symbol.GoPackage;
import io.pkgslo.golang.symbol.GoSymbol;
import io.pkgslo.golang.symbol.SourceFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the services would see in a text: one Go symbol, file, scope or type, or the raw output of a
 * process in any wrapping. For people; the services call the same parts. Stateless.
 */
public final class ExplainText {
  private static final long LINE_NANOS = 1_000;
  private static final int SHOWN = 200;

  private final BlamePolicy policy;
  private final MainResolver mains;
  private final List<String> modulePrefixes;

  public ExplainText(BlamePolicy policy, List<String> modulePrefixes) {
    this.policy = policy;
    this.mains = new MainResolver(Map.of(), policy.sourceRoots());
    this.modulePrefixes = List.copyOf(modulePrefixes);
  }

  /** Everything that the text tells, in the order of the text; empty when it tells nothing. */
  public List<Finding> explain(String text) {
    String trimmed = text.strip();
    boolean oneWord = trimmed.chars().noneMatch(Character::isWhitespace);
    if (oneWord && !trimmed.isEmpty() && !LogWrapper.isJson(trimmed)) {
      return explainWord(trimmed);
    }
    return explainOutput(text);
  }

  private List<Finding> explainWord(String word) {
    int colon = word.lastIndexOf(".go:");
    String path = colon < 0 ? word : word.substring(0, colon + 3);
    SourceFile file = word.indexOf('/') < 0 ? null : SourceFile.parse(path);
    GoPackage ofFile = file == null ? null : GoPackage.parse(file.importPath());
    if (file != null && ofFile != null) {
      String origin = file.origin().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      return List.of(new Finding.Attributed(word, ofFile, "file path (" + origin + ")"));
    }
    int arguments = word.endsWith(")") ? word.lastIndexOf('(') : -1;
    GoSymbol symbol = GoSymbol.parse(arguments > 0 ? word.substring(0, arguments) : word);
    if (symbol != null && !word.startsWith("*")) {
      GoPackage pkg = FramePackages.packageOf(symbol, null);
      return List.of(new Finding.Attributed(word, pkg, "function symbol"));
    }
    ScopeName scope = ScopeName.classify(word, modulePrefixes);
    if (scope instanceof ScopeName.UserPackage user) {
      return List.of(new Finding.Attributed(word, user.pkg(), "scope name"));
    }
    if (scope instanceof ScopeName.Instrumentation library) {
      return List.of(new Finding.Attributed(word, library.library(), "instrumentation scope"));
    }
    GoPackage ofType = ExceptionType.packageOf(word);
    return ofType == null
        ? List.of()
        : List.of(new Finding.Attributed(word, ofType, "exception type"));
  }

  private List<Finding> explainOutput(String text) {
    List<Finding> findings = new ArrayList<>();
    CrashAutomaton automaton = new CrashAutomaton(policy);
    List<GoEvent> events = new ArrayList<>();
    long timeNanos = 0;
    for (String inner : OutputLines.of(text)) {
      Map<String, String> fields = LogWrapper.isJson(inner) ? JsonFields.parse(inner) : null;
      if (fields == null) {
        // Lines that follow each other in a file are one silence-free output.
        automaton.feed(timeNanos += LINE_NANOS, inner, events);
      } else {
        LogPackage log = LogPackage.of(fields, fields.get("scope.name"), modulePrefixes);
        PanicText.find(inner, policy).forEach(panic -> findings.add(found(panic, log)));
        attribute(inner, log, findings);
      }
    }
    automaton.flush(events);
    for (GoEvent event : events) {
      if (event instanceof GoEvent.Panicked panicked) {
        findings.add(found(panicked.panic()));
      } else if (event instanceof GoEvent.Initialised initialised) {
        findings.add(new Finding.InitFound(initialised.line()));
      }
    }
    return onceEach(findings);
  }

  /**
   * Leaves out what a logger said before of a panic that then ended the process, and what a second
   * handler said of it: all are one (reference: sli.md, Panic).
   */
  private static List<Finding> onceEach(List<Finding> findings) {
    Map<String, Finding.PanicFound> reports = new HashMap<>();
    Set<Finding> merged = Collections.newSetFromMap(new IdentityHashMap<>());
    Map<String, Set<String>> firsthand = new HashMap<>();
    for (Finding finding : findings) {
      if (finding instanceof Finding.PanicFound found
          && found.panic().recovered()
          && !found.panic().isSecondhand()) {
        firsthand
            .computeIfAbsent(found.panic().normalisedMessage(), message -> new HashSet<>())
            .add(StackParser.goroutineOf(found.panic().stack()));
      }
    }
    for (Finding finding : findings) {
      if (finding instanceof Finding.PanicFound found) {
        String message = found.panic().normalisedMessage();
        Set<String> goroutines = firsthand.getOrDefault(message, Set.of());
        if (found.panic().isSecondhand() && isOfAny(goroutines, found.panic())) {
          merged.add(found);
        } else if (found.panic().recovered()) {
          reports.put(message, found);
        } else {
          Finding.PanicFound report = reports.remove(message);
          if (report != null && mayBeOf(report.panic().pkg(), found.panic().pkg())) {
            merged.add(report);
          }
        }
      }
    }
    return findings.stream().filter(finding -> !merged.contains(finding)).toList();
  }

  private static boolean isOfAny(Set<String> goroutines, GoPanic panic) {
    String own = StackParser.goroutineOf(panic.stack());
    return !goroutines.isEmpty()
        && (own.isEmpty() || goroutines.contains("") || goroutines.contains(own));
  }

  private static boolean mayBeOf(GoPackage reported, GoPackage crashed) {
    return reported.isUnattributed() || reported.equals(crashed);
  }

  private static void attribute(String line, @Nullable LogPackage log, List<Finding> findings) {
    if (log != null) {
      String source = "log record (" + log.source().name().toLowerCase(Locale.ROOT) + ")";
      String shown = line.length() <= SHOWN ? line : line.substring(0, SHOWN);
      findings.add(new Finding.Attributed(shown, log.pkg(), source.replace('_', ' ')));
    }
  }

  /** What no stack blames belongs to the record's own package, unless that is a library's. */
  private Finding.PanicFound found(GoPanic panic, @Nullable LogPackage log) {
    boolean own = panic.pkg().isUnattributed() && log != null && policy.mayBlame(log.pkg());
    return own && log != null ? new Finding.PanicFound(panic, log.pkg()) : found(panic);
  }

  private Finding.PanicFound found(GoPanic panic) {
    return new Finding.PanicFound(panic, panic.resolveMain(mains, null).pkg());
  }
}
