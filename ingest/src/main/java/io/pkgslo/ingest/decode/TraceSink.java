// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import org.jspecify.annotations.Nullable;

/**
 * Hears the spans of one record. Order: a resource, one of its scopes, the spans of that scope, the
 * next scope, ..., the next resource. It hears nothing of a record that fails. Views are valid
 * until the call returns, those of resource and scope until the next one is announced.
 */
public interface TraceSink {
  /**
   * Keys of attributes of spans that are kept beside those that the decoder was built with, for
   * {@link AttributesView#find}. Asked once per record, before it is read.
   *
   * @return null for none
   */
  default @Nullable AttributeKeys furtherKeys() {
    return null;
  }

  void resource(ResourceView resource);

  void scope(ScopeView scope);

  void span(SpanView span);
}
