// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import static io.pkgslo.analyzer.correlate.TestSpans.origin;
import static io.pkgslo.analyzer.correlate.TestSpans.tick;
import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.analyzer.correlate.TestSpans.Block;
import io.pkgslo.analyzer.correlate.TestSpans.Span;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.wire.ContextLoss;
import io.pkgslo.model.wire.Origin;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls of services whose spans reach us, without a span of theirs in the caller's trace. */
class UnansweredCallTest {
  private static final int CLIENT = SpanTraits.KIND_CLIENT;
  private static final int SERVER = SpanTraits.KIND_SERVER;
  private static final int PRODUCER = SpanTraits.KIND_PRODUCER;
  private static final int CONSUMER = SpanTraits.KIND_CONSUMER;
  private static final Origin SHOP = origin("shop", "pod:1/shop");
  private static final Origin CART = origin("prod/cart", "pod:2/cart");
  private static final long MINUTE = 60_000;

  private final RecordingTraceSink sink = new RecordingTraceSink();
  private final TraceCorrelator correlator = new TraceCorrelator(TraceSettings.defaults(), sink);

  private static Span call(long trace, int kind) {
    return new Span(trace, 1, 0, SHOP, "acme/shop/buy", kind, 0);
  }

  /** A span of the cart that somebody else, or nobody, called. */
  private static Span answer(long trace, long parent, int kind) {
    return new Span(trace, 2, parent, CART, "acme/cart", kind, 0);
  }

  private List<String> after(long millis, Block... blocks) {
    for (Block block : blocks) {
      correlator.accept(block.build());
    }
    correlator.accept(tick(millis));
    return sink.orphans;
  }

  /** A client without a propagator: the server begins a trace of its own. */
  @Test
  void callOfAServer_thatAnswersInAnotherTrace_isLostAfterTheHorizon_andTakenBack() {
    Block calls = new Block(0).span(call(1, CLIENT)).peer("host:cart:8080");
    Block answers = new Block(0).span(answer(9, 0, SERVER)).peer("host:cart:8080");
    assertThat(after(10 * MINUTE - 1, calls, answers)).isEmpty();
    assertThat(sink.kept).hasSize(1);
    assertThat(after(10 * MINUTE)).containsExactly("lost call shop acme/shop/buy 1 1");

    Block late = new Block(90 * MINUTE).span(answer(1, 1, SERVER)).peer("host:cart:8080");
    assertThat(after(90 * MINUTE, late))
        .containsExactly("lost call shop acme/shop/buy 1 1", "found call shop acme/shop/buy 1 1");
    assertThat(sink.kept).isEmpty();
  }

  @Test
  void callThatIsAnswered_beforeItSettlesOrLater_isNotLost() {
    Block both =
        new Block(0)
            .span(call(1, CLIENT))
            .peer("rpc:shop.Cart")
            .span(answer(1, 1, SERVER))
            .peer("rpc:shop.Cart")
            .span(call(2, CLIENT))
            .peer("rpc:shop.Cart");
    assertThat(after(9 * MINUTE, both)).isEmpty();
    assertThat(sink.kept).as("the call of trace 2").hasSize(1);
    Block later = new Block(9 * MINUTE).span(answer(2, 1, SERVER));
    assertThat(after(200 * MINUTE, later)).isEmpty();
    assertThat(correlator.orphans()).isZero();
  }

  /** Databases, third parties, everybody who sends us nothing. */
  @Test
  void callOfSomebodyWeNeverSaw_accusesNobody() {
    Block calls =
        new Block(0)
            .span(call(1, CLIENT))
            .peer("host:db:5432")
            .span(call(2, CLIENT))
            .span(answer(9, 0, SERVER))
            .peer("host:cart:8080");
    assertThat(after(20 * MINUTE, calls)).isEmpty();
    assertThat(sink.kept).isEmpty();
  }

  @Test
  void peerService_isAServiceOfAnyNamespace() {
    Block calls =
        new Block(0)
            .span(call(1, CLIENT))
            .peer("service:cart")
            .span(call(2, CLIENT))
            .peer("service:prod/cart")
            .span(call(3, CLIENT))
            .peer("service:redis")
            .span(answer(9, 0, SERVER));
    assertThat(after(20 * MINUTE, calls)).hasSize(2);
  }

  /** A refused connection reached nobody, and who knows what of a sampled trace is kept. */
  @Test
  void callThatFailed_orOfUnknownWeight_isNotLost() {
    Block calls =
        new Block(0)
            .span(call(1, CLIENT), SpanTraits.FAILED)
            .peer("host:cart")
            .span(call(2, CLIENT), SpanTraits.WEIGHT_UNKNOWN)
            .peer("host:cart")
            .span(answer(9, 0, SERVER))
            .peer("host:cart");
    assertThat(after(20 * MINUTE, calls)).isEmpty();
  }

  /** An API client over an HTTP client: the inner one makes the call. */
  @Test
  void callWithinACall_decidesForBoth() {
    Block calls =
        new Block(0)
            .span(call(1, CLIENT))
            .peer("host:cart")
            .span(new Span(1, 5, 1, SHOP, "acme/shop/http", CLIENT, 0))
            .peer("host:cart")
            .span(answer(9, 0, SERVER))
            .peer("host:cart");
    assertThat(after(20 * MINUTE, calls)).containsExactly("lost call shop acme/shop/http 5 1");
  }

  @Test
  void nameOfSeveralServices_isAGateways() {
    Block calls =
        new Block(0)
            .span(call(1, CLIENT))
            .peer("host:api.example.com")
            .span(answer(8, 0, SERVER))
            .peer("host:api.example.com")
            .span(new Span(9, 2, 0, origin("users", "pod:3/users"), "acme/users", SERVER, 0))
            .peer("host:api.example.com");
    assertThat(after(20 * MINUTE, calls)).isEmpty();
  }

  @Test
  void calleeThatKeepsFewerSpans_mayHaveDroppedTheOne() {
    Block sparse =
        new Block(0)
            .span(call(1, CLIENT))
            .peer("host:cart")
            .span(answer(9, 0, SERVER))
            .peer("host:cart")
            .weight(10);
    assertThat(after(MINUTE, sparse)).isEmpty();
    assertThat(sink.kept).isEmpty();
    Block equal = new Block(MINUTE).span(call(2, CLIENT)).peer("host:cart").weight(10);
    assertThat(after(20 * MINUTE, equal)).hasSize(1);
  }

  /** Consumers link to what they consume, mostly: that their spans are no children says nothing. */
  @Test
  void message_isLostOnlyWhereConsumersContinueTraces() {
    Block linked =
        new Block(0)
            .span(call(1, PRODUCER))
            .peer("queue:kafka/orders")
            .span(answer(9, 0, CONSUMER))
            .peer("queue:kafka/orders");
    assertThat(after(20 * MINUTE, linked)).isEmpty();
    Block continued =
        new Block(20 * MINUTE)
            .span(call(3, PRODUCER))
            .peer("queue:kafka/orders")
            .span(answer(4, 1, CONSUMER))
            .peer("queue:kafka/orders")
            .span(new Span(5, 2, 1, origin("mail", "pod:4/mail"), "acme/mail", CONSUMER, 0))
            .peer("queue:kafka/orders");
    assertThat(after(40 * MINUTE, continued)).containsExactly("lost call shop acme/shop/buy 1 1");
  }

  /** Who answered longer ago than relatives are known may be gone. */
  @Test
  void calleeThatFellSilent_accusesNobody() {
    assertThat(after(MINUTE, new Block(0).span(answer(9, 0, SERVER)).peer("host:cart"))).isEmpty();
    Block call = new Block(15 * MINUTE).span(call(1, CLIENT)).peer("host:cart");
    assertThat(after(60 * MINUTE, call)).isEmpty();
  }

  @Test
  void losses_areSummedPerPackage_withAnExample() {
    TraceOutbox outbox = new TraceOutbox(0, 1, new RecentErrors(1, 1));
    TraceCorrelator counting = new TraceCorrelator(TraceSettings.defaults(), outbox);
    counting.accept(
        new Block(0)
            .span(call(1, CLIENT))
            .peer("host:cart")
            .span(call(2, CLIENT))
            .peer("host:cart")
            .span(answer(9, 0, SERVER))
            .peer("host:cart")
            .build());
    counting.accept(tick(10 * MINUTE));
    ContextLoss lost = onlyLoss(outbox);
    assertThat(lost.getCount()).isEqualTo(2);
    assertThat(lost.getRevised()).isZero();
    assertThat(lost.getExampleTraceId().size()).isEqualTo(16);

    counting.accept(new Block(11 * MINUTE).span(answer(2, 1, SERVER)).build());
    ContextLoss found = onlyLoss(outbox);
    assertThat(found.getCount()).isZero();
    assertThat(found.getRevised()).isEqualTo(1);
  }

  private static ContextLoss onlyLoss(TraceOutbox outbox) {
    List<ContextLoss> losses = new ArrayList<>();
    outbox.drain(
        (block, partition) ->
            block.getContextLossList().stream()
                .filter(loss -> loss.getKind() == ContextLoss.Kind.CLIENT_WITHOUT_SERVER)
                .forEach(losses::add),
        (block, partition) -> {});
    assertThat(losses).hasSize(1);
    return losses.get(0);
  }
}
