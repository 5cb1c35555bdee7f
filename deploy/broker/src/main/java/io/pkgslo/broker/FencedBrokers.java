// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.broker;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.image.MetadataDelta;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.image.loader.LoaderManifest;
import org.apache.kafka.image.publisher.MetadataPublisher;
import org.apache.kafka.metadata.BrokerRegistration;

/** Completes at the first state of the metadata in which no registered broker counts as alive. */
final class FencedBrokers implements MetadataPublisher {
  private final CompletableFuture<Void> allFenced = new CompletableFuture<>();

  CompletableFuture<Void> allFenced() {
    return allFenced;
  }

  @Override
  public void close() {
    // Nothing to release; narrows the interface's throws clause.
  }

  @Override
  public String name() {
    return "fenced-brokers";
  }

  @Override
  public void onMetadataUpdate(MetadataDelta delta, MetadataImage image, LoaderManifest manifest) {
    if (image.cluster().brokers().values().stream().allMatch(BrokerRegistration::fenced)) {
      allFenced.complete(null);
    }
  }
}
