// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective.openslo;

import java.math.BigDecimal;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/** Writes numbers exactly, and text of several lines as a block. */
final class PlainRepresenter extends Representer {
  PlainRepresenter(DumperOptions options) {
    super(options);
    representers.put(
        PlainNumber.class,
        data -> {
          BigDecimal value = ((PlainNumber) data).value();
          Tag tag = value.scale() > 0 ? Tag.FLOAT : Tag.INT;
          return representScalar(tag, value.toPlainString());
        });
  }
}
