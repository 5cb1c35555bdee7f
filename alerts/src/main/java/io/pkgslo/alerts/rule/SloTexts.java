// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rule;

import io.pkgslo.alerts.objective.BurnTier;
import io.pkgslo.alerts.objective.NoDataAlert;
import io.pkgslo.alerts.objective.Slo;
import io.pkgslo.alerts.objective.WindowLabel;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the alerts of one objective say: what somebody wants to know who was just woken up. */
final class SloTexts {
  private final Slo slo;
  private final RuleScope scope;
  private final SloSeries series;
  private final @Nullable URI link;

  SloTexts(Slo slo, RuleOptions options, RuleScope scope) {
    this.slo = slo;
    this.scope = scope;
    this.series = new SloSeries(slo, options.form(), scope);
    this.link = options.link();
  }

  /** What burns in {@code tier}, how much of it there was, and how long the budget lasts. */
  Map<String, Text> burn(BurnTier tier) {
    Text summary =
        ofObjective(subject().words(" burns its error budget"))
            .words(" at ")
            .value(Format.DECIMAL)
            .words(" times the sustainable rate")
            .build();
    Text.Builder description =
        Text.builder()
            .words(
                "At this rate "
                    + Percent.of(tier.budgetShare())
                    + " of the budget of "
                    + slo.periodLabel()
                    + " goes in "
                    + WindowLabel.of(tier.longWindow())
                    + ". ");
    if (!slo.isCounted()) {
      return annotations(summary, objective(description).words(".").build());
    }
    counts(description)
        .lookOr(
            series.positive(series.remainingName()),
            Format.PERCENT,
            "; ",
            " of the budget is left",
            "; nothing of the budget is left");
    return annotations(summary, ending(description));
  }

  /** How much is gone, of what. */
  Map<String, Text> budget() {
    Text summary =
        ofObjective(
                subject().words(" has spent ").value(Format.PERCENT).words(" of its error budget"))
            .build();
    Text.Builder description =
        said(Text.builder().words("Period "), MetadataRecords.PERIOD, slo.periodLabel())
            .words(". ");
    if (!slo.isCounted()) {
      return annotations(summary, objective(description).words(".").build());
    }
    return annotations(summary, ending(counts(description)));
  }

  /** What has ended. */
  Map<String, Text> noData(NoDataAlert alert) {
    Text.Builder subject =
        slo.isCounted()
            ? labelled(Text.builder().label("package").words(" of ").label("service")).words(" has")
            : Text.builder().words("There is");
    Text summary = name(subject.words(" no data for ")).build();
    Text description =
        Text.words(
            "It had events, but none of any version in the last "
                + WindowLabel.of(alert.after())
                + (slo.isCounted() ? ", while pkgslo itself is up." : ".")
                + " No longer called, renamed, or no longer instrumented?");
    return annotations(summary, description);
  }

  /** Which side of a ratio has ended, or was never there. */
  Map<String, Text> noPart(NoDataAlert alert, boolean bad) {
    String part = bad ? "bad" : "good";
    Text summary = name(Text.builder().words("There are no " + part + " events for ")).build();
    Text description =
        Text.words(
            "What counts "
                + part
                + " events has had no samples for "
                + WindowLabel.of(alert.after())
                + ". Renamed, no longer instrumented, or none of them yet?");
    return annotations(summary, description);
  }

  /** What somebody may have misspelt. */
  Map<String, Text> noSubject() {
    Map<String, Text> texts = new LinkedHashMap<>();
    texts.put(
        "summary",
        name(Text.builder().words("The objective ")).words(" applies to nothing").build());
    String subject =
        scope.isShared()
            ? "the service and package that it names."
            : "service " + slo.service() + " and package " + slo.goPackage() + ".";
    texts.put("description", Text.words("No package that pkgslo has seen matches " + subject));
    return runbook(texts);
  }

  private Text.Builder name(Text.Builder text) {
    return said(text, MetadataRecords.DISPLAY_NAME, slo.displayName());
  }

  /** Which of several objectives an alert is about, only the alert knows. */
  private Text.Builder said(Text.Builder text, String label, String value) {
    return scope.isShared() ? text.metadata(label, value) : text.words(value);
  }

  /** The summary of others begins with the name. */
  private Text.Builder ofObjective(Text.Builder text) {
    return slo.isCounted() ? name(text.words(" for ")) : text;
  }

  /** Labels of other metrics say what they are about; which ones there are, only they know. */
  private Text.Builder subject() {
    if (!slo.isCounted()) {
      return Text.builder().words(slo.displayName());
    }
    return labelled(
        Text.builder().label("package").words(" of ").label("service").words(" ").label("version"));
  }

  /** Adds what the objective's own labels say, such as {@code (region eu, tenant gold)}. */
  private Text.Builder labelled(Text.Builder text) {
    String before = " (";
    for (String label : slo.labelNames()) {
      text.words(before + label + " ").label(label);
      before = ", ";
    }
    return slo.labelNames().isEmpty() ? text : text.words(")");
  }

  private Text.Builder counts(Text.Builder text) {
    text.words(series.countsCover() + ": ")
        .look(series.ofSubject(series.badName()), Format.COUNT)
        .words(" bad (" + slo.sli().badEvents() + ") of ")
        .look(series.ofSubject(series.validName()), Format.COUNT)
        .words("; objective ");
    return said(text, MetadataRecords.OBJECTIVE_PERCENT, Percent.of(slo.target()));
  }

  private Text.Builder objective(Text.Builder text) {
    return text.words("The objective is " + Percent.of(slo.target()));
  }

  private Text ending(Text.Builder text) {
    return text.lookBetween(
            ", gone in ", series.positive(series.timeLeftName()), Format.DURATION, "")
        .words(".")
        .newestVersionBetween(" Rolled out last: ", ".")
        .build();
  }

  private Map<String, Text> annotations(Text summary, Text description) {
    Map<String, Text> texts = new LinkedHashMap<>();
    texts.put("summary", summary);
    texts.put("description", description);
    texts.put("link", link());
    return runbook(texts);
  }

  private Map<String, Text> runbook(Map<String, Text> texts) {
    String runbook = slo.runbookUrl();
    if (runbook != null) {
      texts.put(
          MetadataRecords.RUNBOOK_URL,
          scope.isShared()
              ? Text.builder().metadata(MetadataRecords.RUNBOOK_URL, runbook).build()
              : Text.words(runbook));
    }
    return texts;
  }

  private Text link() {
    if (link == null || !slo.isCounted()) {
      return Text.builder().graphLink(series.ofService(series.burnRateName())).build();
    }
    String base = link.toString();
    Text.Builder text =
        Text.builder().words(base + (base.endsWith("/") ? "" : "/") + "api/v1/slos?slo=");
    return (scope.isShared() ? text.label("slo") : text.words(slo.id()))
        .words("&service=")
        .encodedLabel("service")
        .build();
  }
}
