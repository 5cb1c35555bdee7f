// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.wire.SelectionSet;
import io.pkgslo.model.wire.SpanBlock;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The spans of a {@link SpanBlock}, a row each, in arrays: every column is asked for several times
 * per span. Immutable.
 */
public final class SpanColumns {
  private final long[] traceHigh;
  private final long[] traceLow;
  private final long[] spanId;
  private final long[] parentId;
  private final int[] originIndex;
  private final int[] packageIndex;
  private final int[] traits;
  private final long[] endNanos;
  private final long[] durationNanos;
  private final long[] weight;
  private final int[] peerIndex;
  private final List<String> peers;
  private final int[] selectedRow;
  private final int[] selectedSet;
  private final List<SelectionSet> selectionSets;

  SpanColumns(SpanBlockReader block) {
    traceHigh = block.traceHigh.toArray();
    traceLow = block.traceLow.toArray();
    spanId = block.spanId.toArray();
    parentId = block.parentId.toArray();
    originIndex = block.originIndex.toArray();
    packageIndex = block.packageIndex.toArray();
    traits = block.traits.toArray();
    endNanos = block.endNanos.toArray();
    durationNanos = block.durationNanos.toArray();
    weight = block.weight.toArray();
    peerIndex = block.peerIndex.toArray();
    peers = List.copyOf(block.peers);
    selectedRow = block.selectedRow.toArray();
    selectedSet = block.selectedSet.toArray();
    selectionSets = List.copyOf(block.selectionSets);
  }

  /** Whether columns have one length and indexes point into dictionaries of these sizes. */
  boolean areConsistent(int origins, int packages) {
    int rows = rows();
    return traceHigh.length == rows
        && traceLow.length == rows
        && parentId.length == rows
        && traits.length == rows
        && endNanos.length == rows
        && durationNanos.length == rows
        && weight.length == rows
        && originIndex.length == rows
        && arePositions(originIndex, origins)
        && packageIndex.length == rows
        && arePositions(packageIndex, packages)
        // Nobody is called, or an older ingest wrote the block.
        && (!namesPeers() || (peerIndex.length == rows && arePositions(peerIndex, peers.size())))
        && selectedRow.length == selectedSet.length
        && arePositions(selectedSet, selectionSets.size());
  }

  private static boolean arePositions(int[] indexes, int entries) {
    for (int index : indexes) {
      if (index < 0 || index >= entries) {
        return false;
      }
    }
    return true;
  }

  /** How many spans there are. */
  public int rows() {
    return spanId.length;
  }

  long traceHigh(int row) {
    return traceHigh[row];
  }

  long traceLow(int row) {
    return traceLow[row];
  }

  long spanId(int row) {
    return spanId[row];
  }

  /** 0: a root. */
  long parentId(int row) {
    return parentId[row];
  }

  int originIndex(int row) {
    return originIndex[row];
  }

  /** 0: the span itself does not say. */
  int packageIndex(int row) {
    return packageIndex[row];
  }

  /** As {@link io.pkgslo.model.SpanTraits} reads them. */
  int traits(int row) {
    return traits[row];
  }

  long endEpochNanos(int row) {
    return endNanos[row];
  }

  long durationNanos(int row) {
    return durationNanos[row];
  }

  /** Adjusted count in units of 2^-20. */
  long weight(int row) {
    return weight[row];
  }

  /** Whether any span says whom it calls, or what it was called. */
  boolean namesPeers() {
    return peerIndex.length > 0;
  }

  /** Where in the dictionary the peer of a span stands; 0: the span does not say. */
  int peerIndex(int row) {
    return namesPeers() ? peerIndex[row] : 0;
  }

  /** How many names the dictionary of peers has. */
  int peerCount() {
    return peers.size();
  }

  String peer(int index) {
    return peers.get(index);
  }

  /** What a span is to the selectors of objectives; null for one that none of them takes. */
  @Nullable SelectionSet selection(int row) {
    if (selectedRow.length == 0) {
      return null;
    }
    int index = Arrays.binarySearch(selectedRow, row);
    return index < 0 ? null : selectionSets.get(selectedSet[index]);
  }
}
