package org.lawu.internal.kernel.vector;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.lawu.internal.kernel.PanelPool;

/**
 * Panels of B that each thread packs for itself, a few at a time, into a buffer that stays in its
 * cache. To write a cache line that another core has read takes four times as long as others and
 * more, and buffers are those of the last product.
 */
final class Stripes {

  private final Tiles tiles;
  private final PanelPool pool;
  private final Deque<Stripe> idle = new ArrayDeque<>();

  /** Tiles with some of the panels of B. */
  static final class Stripe {
    private final Tiles tiles;
    private int from;
    private int to;

    private Stripe(int from, int to, Tiles tiles) {
      this.from = from;
      this.to = to;
      this.tiles = tiles;
    }

    Tiles tiles() {
      return tiles;
    }

    private boolean has(int first, int end) {
      return from == first && to == end;
    }

    private void turn(int first, int end, PanelPool pool) {
      tiles.right().turn(first, end, pool);
      from = first;
      to = end;
    }
  }

  /** Stripes of the right operand. */
  Stripes(Tiles tiles, PanelPool pool) {
    this.tiles = tiles;
    this.pool = pool;
  }

  /**
   * The panels {@code from..to-1}, packed before by a thread that is done with them, or to be
   * packed by the tiles that first read them.
   */
  Stripe take(int from, int to) {
    Stripe stripe = poll(from, to);
    if (stripe == null) {
      Panels panels = tiles.right().turnedCopy(from, to, pool);
      return new Stripe(from, to, tiles.withRight(panels));
    }
    if (!stripe.has(from, to)) {
      stripe.turn(from, to, pool);
    }
    return stripe;
  }

  /** That stripe, or else another whose buffer will do. */
  private synchronized @Nullable Stripe poll(int from, int to) {
    for (Iterator<Stripe> all = idle.iterator(); all.hasNext(); ) {
      Stripe stripe = all.next();
      if (stripe.has(from, to)) {
        all.remove();
        return stripe;
      }
    }
    return idle.pollLast();
  }

  synchronized void give(Stripe stripe) {
    idle.addLast(stripe);
  }

  /** Gives the buffers back; no thread may work with them any more. */
  void release() {
    idle.forEach(stripe -> stripe.tiles.right().release(pool));
  }
}
