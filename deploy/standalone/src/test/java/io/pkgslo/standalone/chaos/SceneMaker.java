// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.chaos;

import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Invents what happens in the fleet: traces through two services, panics in all ways in which they
 * are reported, processes that start and some that crash. What could be two things by the
 * definitions never happens: each panic has a process of its own.
 */
final class SceneMaker {
  private static final String OTELHTTP =
      "go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp";

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final Random random;
  private final Fleet fleet;
  private final Ledger ledger;
  private long nextTrace = 1;
  private long nextSpan = 1;
  private int panics;

  SceneMaker(Random random, Ledger ledger) {
    this.random = random;
    this.fleet = new Fleet(random);
    this.ledger = ledger;
  }

  /** Something that happens at or before a time. */
  Scene next(long nowMillis) {
    Scene.Weight weight = Scene.Weight.values()[Math.max(0, random.nextInt(6) - 3)];
    Scene scene = new Scene(ledger, 0x5eedL + random.nextInt(), nextTrace++ << 8 | 1, weight);
    long nanos = TimeUnit.MILLISECONDS.toNanos(nowMillis - ageMillis()) + random.nextInt(1_000_000);
    int dice = random.nextInt(100);
    if (dice < 6) {
      panic(scene, nanos);
    } else if (dice < 10) {
      start(scene, nanos);
    } else {
      trace(scene, fleet.any(), nanos);
    }
    return scene;
  }

  /** Mostly of this moment; out of order by up to 10 min; a few of hours or days ago. */
  private long ageMillis() {
    int dice = random.nextInt(20);
    long upTo;
    if (dice < 12) {
      upTo = TimeUnit.SECONDS.toMillis(3);
    } else if (dice < 18) {
      upTo = TimeUnit.MINUTES.toMillis(10);
    } else {
      upTo = dice == 18 ? TimeUnit.HOURS.toMillis(3) : TimeUnit.DAYS.toMillis(5);
    }
    return (long) (random.nextDouble() * upTo) + TimeUnit.SECONDS.toMillis(1);
  }

  /** A request to one service, and sometimes on to a second one. */
  private void trace(Scene scene, Emitter emitter, long nanos) {
    long root = request(scene, emitter, 0, nanos);
    if (random.nextInt(3) == 0) {
      String caller = fleet.goPackage(emitter);
      long client = nextSpan++;
      Span span = scene.span(client, root, SpanKind.SPAN_KIND_CLIENT, nanos, duration()).build();
      scene.call(emitter, caller, span, caller, "unset");
      request(scene, fleet.any(), client, nanos);
    }
  }

  /** A span of the server and some inside it; the server's may say its package or not. */
  private long request(Scene scene, Emitter emitter, long parent, long nanos) {
    long server = nextSpan++;
    long start = nanos - 4 * SECOND;
    List<String> inside = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      String goPackage = fleet.goPackage(emitter);
      long id = nextSpan++;
      // Each begins later than the one before it: the nearest to the server's span is the first.
      long begin = start + inside.size() * 10 * MILLI;
      long duration = duration();
      Span.Builder span =
          scene.span(id, server, SpanKind.SPAN_KIND_INTERNAL, begin + duration, duration);
      finish(scene, emitter, goPackage, goPackage, span);
      inside.add(goPackage);
      if (random.nextInt(4) == 0) {
        scene.log(emitter, goPackage, scene.log(id, begin, "step " + id, random.nextBoolean()));
      }
    }
    boolean borrows = random.nextBoolean();
    String own = borrows ? inside.get(0) : fleet.goPackage(emitter);
    SpanKind kind =
        random.nextInt(5) == 0 ? SpanKind.SPAN_KIND_CONSUMER : SpanKind.SPAN_KIND_SERVER;
    Span.Builder span = scene.span(server, parent, kind, nanos, duration());
    finish(scene, emitter, borrows ? OTELHTTP : own, own, span);
    return server;
  }

  private void finish(
      Scene scene, Emitter emitter, String scope, String goPackage, Span.Builder span) {
    int dice = random.nextInt(100);
    String status = "unset";
    if (dice < 4) {
      span.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR));
      status = "error";
    } else if (dice < 7) {
      span.addAttributes(Emitter.number("http.response.status_code", 503));
      status = "error";
    } else if (dice < 20) {
      span.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_OK));
      status = "ok";
    }
    scene.call(emitter, scope, span.build(), goPackage, status);
  }

  /** 50 us to 3.6 s, most of them short: no client's span begins before the first one inside. */
  private long duration() {
    return (long) (50_000 * Math.exp(random.nextDouble() * 11.2));
  }

  /** A request that panics: told by a span, by it and one around it, by a log, or by both. */
  private void panic(Scene scene, long nanos) {
    Emitter emitter = fleet.fresh();
    String outer = fleet.goPackage(emitter);
    String blamed = fleet.goPackage(emitter);
    String stack = GoStack.recovered(blamed, panics++);
    long server = nextSpan++;
    long inner = nextSpan++;
    int how = random.nextInt(4);
    boolean bySpan = how != 2;
    boolean copied = how == 1;
    boolean byLog = how >= 2;
    Span.Builder innerSpan =
        scene.span(inner, server, SpanKind.SPAN_KIND_INTERNAL, nanos, duration());
    Span.Builder serverSpan = scene.span(server, 0, SpanKind.SPAN_KIND_SERVER, nanos, 5 * SECOND);
    if (bySpan) {
      innerSpan.addEvents(exception(nanos, stack));
      scene.panicOfSpan(emitter, blamed, nanos);
    } else {
      scene.panicOfLines(emitter, blamed, nanos);
    }
    if (copied) {
      serverSpan.addEvents(exception(nanos, stack));
    }
    if (byLog) {
      LogRecord.Builder log = scene.log(inner, nanos, "recovered", true);
      log.addAttributes(Emitter.text("exception.type", GoStack.TYPE));
      log.addAttributes(Emitter.text("exception.message", GoStack.MESSAGE));
      log.addAttributes(Emitter.text("exception.stacktrace", stack));
      scene.log(emitter, outer, log);
    }
    scene.call(emitter, outer, innerSpan.build(), outer, bySpan ? "error" : "unset");
    scene.call(emitter, outer, serverSpan.build(), outer, copied ? "error" : "unset");
  }

  private static Span.Event exception(long nanos, String stack) {
    return Span.Event.newBuilder()
        .setName("exception")
        .setTimeUnixNano(nanos)
        .addAttributes(Emitter.text("exception.type", GoStack.TYPE))
        .addAttributes(Emitter.text("exception.message", GoStack.MESSAGE))
        .addAttributes(Emitter.text("exception.stacktrace", stack))
        .build();
  }

  /** A process starts; some fail in an initialisation, some crash soon after. */
  private void start(Scene scene, long nanos) {
    Emitter emitter = fleet.fresh();
    boolean named = random.nextBoolean();
    if (!named) {
      // Who it is, its SDK has to say.
      trace(scene, emitter, nanos);
    }
    long now = nanos - SECOND;
    scene.line(emitter, named, now, GoStack.init("runtime", 0.1, "0.05"));
    scene.init(emitter, "std", now, 50_000);
    double at = 0.5;
    for (String goPackage : packages(emitter)) {
      now += 20 * MILLI;
      at += 20;
      int millis = 10 + random.nextInt(300);
      scene.line(emitter, named, now, GoStack.init(goPackage, at, Integer.toString(millis)));
      scene.init(emitter, goPackage, now, millis * MILLI);
    }
    int fate = random.nextInt(4);
    if (fate < 2) {
      now += 5 * MILLI;
      String goPackage = fleet.goPackage(emitter);
      if (fate == 0) {
        lines(scene, emitter, named, now, GoStack.initCrash(goPackage));
        scene.initFailure(emitter, goPackage, now);
      } else {
        lines(scene, emitter, named, now, GoStack.crash(goPackage, panics++));
        scene.panicOfLines(emitter, goPackage, now);
      }
    }
  }

  private List<String> packages(Emitter emitter) {
    List<String> packages = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String goPackage = fleet.goPackage(emitter);
      if (!packages.contains(goPackage)) {
        packages.add(goPackage);
      }
    }
    return packages;
  }

  /** Lines that follow each other by microseconds. */
  private static void lines(
      Scene scene, Emitter emitter, boolean named, long nanos, List<String> lines) {
    long now = nanos;
    for (String line : lines) {
      scene.line(emitter, named, now, line);
      now += 1_000;
    }
  }
}
