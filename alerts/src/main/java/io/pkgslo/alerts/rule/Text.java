// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import com.fasterxml.jackson.annotation.JsonValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Text of an annotation: words, and what Prometheus fills in. It has two forms, the template that
 * stands in the rule file and what that becomes for one alert, which the rule's test expects.
 */
final class Text {
  /** A piece of text. */
  private sealed interface Part {
    String template();

    String render(AlertFacts facts);
  }

  private record Words(String words) implements Part {
    /** A brace pair in somebody's display name is no action. */
    @Override
    public String template() {
      return words.replace("{{", "{{ \"{{\" }}");
    }

    @Override
    public String render(AlertFacts facts) {
      return words;
    }
  }

  private record Label(String name, boolean encoded) implements Part {
    @Override
    public String template() {
      return "{{ $labels." + name + (encoded ? " | urlquery }}" : " }}");
    }

    @Override
    public String render(AlertFacts facts) {
      return encoded ? encode(facts.label(name)) : facts.label(name);
    }
  }

  private record Value(Format format) implements Part {
    @Override
    public String template() {
      return format == Format.DECIMAL || format == Format.COUNT
          ? "{{ " + format.function() + " $value }}"
          : "{{ $value | " + format.function() + " }}";
    }

    @Override
    public String render(AlertFacts facts) {
      return format.render(facts.value());
    }
  }

  private record LookUp(
      SubjectQuery query, Format format, String before, String after, String otherwise)
      implements Part {
    @Override
    public String template() {
      String elseBranch = otherwise.isEmpty() ? "" : "{{ else }}" + otherwise;
      return "{{ with "
          + query.template()
          + " | query }}"
          + before
          + "{{ . | first | value | "
          + format.function()
          + " }}"
          + after
          + elseBranch
          + "{{ end }}";
    }

    @Override
    public String render(AlertFacts facts) {
      Double value = facts.look(query.series());
      return value == null ? otherwise : before + format.render(value) + after;
    }
  }

  private record NewestVersion(String before, String after) implements Part {
    @Override
    public String template() {
      return "{{ with printf \"rollout_newest_timestamp_seconds{service=%q}\" $labels.service"
          + " | query }}"
          + before
          + "{{ . | first | label \"version\" }}"
          + after
          + "{{ end }}";
    }

    @Override
    public String render(AlertFacts facts) {
      String version = facts.newestVersion();
      return version == null ? "" : before + version + after;
    }
  }

  private record Metadata(String label, String value) implements Part {
    @Override
    public String template() {
      return MetadataRecords.lookUp(label);
    }

    @Override
    public String render(AlertFacts facts) {
      return value;
    }
  }

  private record GraphLink(SubjectQuery query) implements Part {
    private static final String PATH = "/graph?g0.tab=0&g0.expr=";

    @Override
    public String template() {
      return "{{ $externalURL }}" + PATH + "{{ " + query.template() + " | urlquery }}";
    }

    /** Prometheus' test tool has no address of its own. */
    @Override
    public String render(AlertFacts facts) {
      return PATH + encode(query.render(facts));
    }
  }

  private final List<Part> parts;

  private Text(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  static Text words(String words) {
    return new Builder().words(words).build();
  }

  static Builder builder() {
    return new Builder();
  }

  /** As the rule file has it. */
  @JsonValue
  String template() {
    StringBuilder text = new StringBuilder();
    parts.forEach(part -> text.append(part.template()));
    return text.toString();
  }

  /** As Prometheus fills it in. */
  String render(AlertFacts facts) {
    StringBuilder text = new StringBuilder();
    parts.forEach(part -> text.append(part.render(facts)));
    return text.toString();
  }

  /** Go's QueryEscape. */
  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A").replace("%7E", "~");
  }

  /** Collects the pieces in their order. */
  static final class Builder {
    private final List<Part> parts = new ArrayList<>();

    private Builder() {}

    Builder words(String words) {
      parts.add(new Words(words));
      return this;
    }

    Builder label(String name) {
      parts.add(new Label(name, false));
      return this;
    }

    Builder encodedLabel(String name) {
      parts.add(new Label(name, true));
      return this;
    }

    /** What {@code slo:metadata:info} says of the alert's objective, which is {@code value}. */
    Builder metadata(String label, String value) {
      parts.add(new Metadata(label, value));
      return this;
    }

    /** The value of the alert's expression. */
    Builder value(Format format) {
      parts.add(new Value(format));
      return this;
    }

    /** The value of a series of the alert's subject, or "unknown". */
    Builder look(SubjectQuery query, Format format) {
      parts.add(new LookUp(query, format, "", "", "unknown"));
      return this;
    }

    /** The same between two words, or other words. */
    Builder lookOr(
        SubjectQuery query, Format format, String before, String after, String otherwise) {
      parts.add(new LookUp(query, format, before, after, otherwise));
      return this;
    }

    /** The same between two words, or nothing at all. */
    Builder lookBetween(String before, SubjectQuery query, Format format, String after) {
      parts.add(new LookUp(query, format, before, after, ""));
      return this;
    }

    /** The version that was rolled out last, between two words, or nothing at all. */
    Builder newestVersionBetween(String before, String after) {
      parts.add(new NewestVersion(before, after));
      return this;
    }

    /** Where Prometheus draws a series of the alert's subject. */
    Builder graphLink(SubjectQuery query) {
      parts.add(new GraphLink(query));
      return this;
    }

    Text build() {
      return new Text(parts);
    }
  }
}
