// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.argo;

import com.fasterxml.jackson.databind.JsonNode;
import io.pkgslo.alerts.gate.ArmQuestion;
import io.pkgslo.alerts.gate.EvidenceLinks;
import io.pkgslo.alerts.gate.RolloutAnswers;
import io.pkgslo.alerts.gate.VerdictBody;
import io.pkgslo.alerts.gate.access.Need;
import io.pkgslo.alerts.gate.http.Ask;
import io.pkgslo.alerts.gate.http.BadAsk;
import io.pkgslo.alerts.gate.http.Endpoint;
import io.pkgslo.alerts.gate.http.Reply;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * {@code /gates/argo}: GET with parameters, POST or PUT with parameters, a form or a JSON object of
 * the same names. A question without a version is refused: to guess one would judge another
 * release.
 */
public final class ArgoGate {
  /** Where it is. */
  public static final String PATH = "/gates/argo";

  private static final String NAME = "argo";

  private final RolloutAnswers answers;
  private final EvidenceLinks links;

  public ArgoGate(RolloutAnswers answers, EvidenceLinks links) {
    this.answers = answers;
    this.links = links;
  }

  public List<Endpoint> endpoints() {
    return List.of(new Endpoint(NAME, Set.of("GET", "POST", "PUT"), PATH, Need.READ, this::answer));
  }

  private Reply answer(Ask ask) {
    UnaryOperator<@Nullable String> field = fields(ask);
    String service = field.apply("service");
    String version = field.apply("version");
    if (service == null || version == null) {
      throw new BadAsk("expected the parameters service and version");
    }
    ArmQuestion question = new ArmQuestion(List.of(service), version, field.apply("baseline"));
    return Reply.ok(VerdictBody.of(answers.answer(question), links));
  }

  private static UnaryOperator<@Nullable String> fields(Ask ask) {
    if (ask.hasBody() && ask.header("content-type").startsWith("application/json")) {
      JsonNode body = ask.object();
      return name -> {
        String given = Ask.text(body, name);
        return given == null ? ask.parameter(name) : given;
      };
    }
    return ask::parameter;
  }
}
