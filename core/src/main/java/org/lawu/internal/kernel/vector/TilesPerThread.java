package org.lawu.internal.kernel.vector;

import java.util.concurrent.ConcurrentLinkedQueue;
import org.lawu.internal.kernel.PanelPool;

/**
 * Tiles whose right operand each thread packs for itself. For a few columns that is sooner done
 * than sharing: to write a cache line that another core has read takes four times as long as others
 * and more, and the buffers are those of the last product.
 */
final class TilesPerThread {

  private final Tiles tiles;
  private final PanelPool pool;
  private final ConcurrentLinkedQueue<Tiles> idle = new ConcurrentLinkedQueue<>();

  TilesPerThread(Tiles tiles, PanelPool pool) {
    this.tiles = tiles;
    this.pool = pool;
  }

  /** Those that no thread works with, packed before or now. */
  Tiles take() {
    Tiles packed = idle.poll();
    return packed == null
        ? tiles.withRight(tiles.right().packedCopy(0, tiles.right().count(), pool))
        : packed;
  }

  void give(Tiles packed) {
    idle.add(packed);
  }

  /** Gives the buffers back; no thread may work with them any more. */
  void release() {
    for (Tiles packed : idle) {
      packed.right().release(pool);
    }
  }
}
