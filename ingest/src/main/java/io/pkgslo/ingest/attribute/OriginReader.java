// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.ingest.decode.AnyValueView;
import io.pkgslo.ingest.decode.AttributesView;
import io.pkgslo.ingest.decode.ElementCursor;
import io.pkgslo.ingest.decode.ResourceView;
import io.pkgslo.ingest.decode.Slice;
import io.pkgslo.ingest.decode.ValueKind;
import io.pkgslo.model.Overflow;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Resources to origins. A resource whose bytes came before costs one lookup and gives the same
 * object. Single-threaded.
 */
final class OriginReader {
  private static final int CAPACITY = 20_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** Whose values become names. */
  private static final Key[] NAMES = {
    Key.SERVICE_NAME,
    Key.SERVICE_NAMESPACE,
    Key.SERVICE_VERSION,
    Key.VCS_REVISION,
    Key.VCS_REVISION_OLD,
    Key.OCI_DIGEST,
    Key.IMAGE_ID,
    Key.POD_UID,
    Key.CONTAINER_NAME,
    Key.CONTAINER_ID,
    Key.SERVICE_INSTANCE_ID,
    Key.HOST_NAME,
    Key.HOST_ID,
    Key.DEPLOYMENT,
    Key.STATEFUL_SET,
    Key.DAEMON_SET,
    Key.ROLLOUT
  };

  private final SliceCache<Read> known = new SliceCache<>(CAPACITY);
  private final ArmAttributes arms;

  /**
   * What a resource says.
   *
   * @param isLong whether a name in it is longer than names may be
   */
  record Read(ProcessOrigin origin, boolean isLong) {}

  OriginReader(ArmAttributes arms) {
    this.arms = arms;
  }

  Read read(ResourceView resource) {
    Slice encoded = resource.encoded();
    Read read = known.get(encoded);
    if (read == null) {
      AttributesView attributes = resource.attributes();
      read = new Read(of(attributes), hasLongName(attributes));
      known.put(encoded, read);
    }
    return read;
  }

  private static boolean hasLongName(AttributesView resource) {
    for (Key key : NAMES) {
      if (BoundedName.isTooLong(Values.text(resource, key))) {
        return true;
      }
    }
    return false;
  }

  private ProcessOrigin of(AttributesView resource) {
    String service = service(resource);
    String digest = digestOf(resource);
    String version = service.equals(Overflow.NAME) ? service : version(resource, digest);
    List<String> names = ProcessNames.of(resource, service, version);
    return new ProcessOrigin(
        service,
        version,
        arms.ofResource(ArmName.of(resource, version, BoundedName.of(digest)), resource),
        names.get(0),
        names.subList(1, names.size()),
        startNanos(Values.text(resource, Key.PROCESS_CREATION_TIME)),
        restart(resource));
  }

  private static String service(AttributesView resource) {
    String name = Values.text(resource, Key.SERVICE_NAME);
    String namespace = Values.text(resource, Key.SERVICE_NAMESPACE);
    return label(name.isEmpty() || namespace.isEmpty() ? name : namespace + "/" + name);
  }

  private static String version(AttributesView resource, String digest) {
    for (Key key : new Key[] {Key.SERVICE_VERSION, Key.VCS_REVISION, Key.VCS_REVISION_OLD}) {
      String version = Values.text(resource, key);
      if (!version.isEmpty()) {
        return label(version);
      }
    }
    return digest.isEmpty() ? ProcessOrigin.UNKNOWN_VERSION : label(digest);
  }

  /**
   * Services and versions are labels of every series. What is too long for one is no name of
   * anything, so all of it counts together, and takes no place from subjects that have a name.
   */
  private static String label(String name) {
    return BoundedName.isTooLong(name) ? Overflow.NAME : name;
  }

  /** Digest of the image, {@code sha256:...}, without the repository that it was pulled from. */
  private static String digestOf(AttributesView resource) {
    String manifest = Values.text(resource, Key.OCI_DIGEST);
    if (!manifest.isEmpty()) {
      return manifest;
    }
    String repository = first(resource.get(Key.IMAGE_REPO_DIGESTS.id()));
    if (!repository.isEmpty()) {
      return repository.substring(repository.indexOf('@') + 1);
    }
    return Values.text(resource, Key.IMAGE_ID);
  }

  private static String first(@Nullable AnyValueView list) {
    if (list == null || list.kind() == ValueKind.EMPTY) {
      return "";
    }
    if (list.kind() != ValueKind.ARRAY) {
      return list.toString();
    }
    ElementCursor elements = list.elements();
    return elements.next() ? elements.value().toString() : "";
  }

  private static int restart(AttributesView resource) {
    OptionalLong count = Values.wholeNumber(resource, Key.RESTART_COUNT);
    return count.isEmpty() ? 0 : (int) Math.max(0, Math.min(count.getAsLong(), Integer.MAX_VALUE));
  }

  /** 0 when absent or no time. */
  private static long startNanos(String creationTime) {
    if (creationTime.isEmpty()) {
      return 0;
    }
    try {
      Instant start = OffsetDateTime.parse(creationTime).toInstant();
      return Math.addExact(
          Math.multiplyExact(start.getEpochSecond(), NANOS_PER_SECOND), start.getNano());
    } catch (DateTimeException | ArithmeticException e) {
      return 0;
    }
  }
}
