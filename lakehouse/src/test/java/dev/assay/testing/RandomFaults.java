package dev.assay.testing;

import io.netty.handler.codec.http.HttpRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Faults by chance. A seed repeats what is drawn, not which of two processes' requests comes first.
 *
 * <p>Kinds are drawn as from a deck of cards, which is shuffled again when it is used up: so every
 * kind comes as often as every other, and a short test meets them all.
 */
public final class RandomFaults implements Faults {
  private static final int LEAST_LASTING = 2;
  private static final int MOST_LASTING = 8;

  private final Random random;
  private final Rates rates;
  private final Deck kindsOfAny = new Deck(EnumSet.complementOf(EnumSet.of(Fault.CONFLICT_409)));
  private final Deck kindsOfConditional = new Deck(EnumSet.allOf(Fault.class));
  private final Map<String, Deque<Fault>> lasting = new HashMap<>();

  /**
   * How often something goes wrong; each is a probability.
   *
   * @param ofAny of a fault, for a request that is no conditional create
   * @param ofConditional the same for one that is
   * @param lasting that a fault also happens to the next requests of the same, 2 to 8 times, which
   *     may be more than its client's patience
   */
  public record Rates(double ofAny, double ofConditional, double lasting) {}

  public RandomFaults(long seed, Rates rates) {
    this.random = new Random(seed);
    this.rates = rates;
  }

  @Override
  public synchronized Optional<Fault> next(HttpRequest request) {
    String same = request.method() + " " + request.uri();
    Deque<Fault> still = lasting.getOrDefault(same, new ArrayDeque<>());
    if (!still.isEmpty()) {
      return Optional.of(still.remove());
    }
    boolean conditional = FaultyStore.isConditionalCreate(request);
    if (random.nextDouble() >= (conditional ? rates.ofConditional() : rates.ofAny())) {
      return Optional.empty();
    }
    Fault fault = (conditional ? kindsOfConditional : kindsOfAny).draw();
    if (random.nextDouble() < rates.lasting()) {
      int times = random.nextInt(LEAST_LASTING, MOST_LASTING + 1);
      lasting.put(same, new ArrayDeque<>(Collections.nCopies(times, fault)));
    }
    return Optional.of(fault);
  }

  private final class Deck {
    private final Set<Fault> kinds;
    private final Deque<Fault> rest = new ArrayDeque<>();

    Deck(Set<Fault> kinds) {
      this.kinds = kinds;
    }

    Fault draw() {
      if (rest.isEmpty()) {
        List<Fault> shuffled = new ArrayList<>(kinds);
        Collections.shuffle(shuffled, random);
        rest.addAll(shuffled);
      }
      return rest.remove();
    }
  }
}
